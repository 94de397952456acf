import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clip } from '../../src/clip/index.js';
import { writeGlb } from '../../src/formats/index.js';
import { LibraryFiles, PreviewLibrary } from '../../src/preview/index.js';
import { makeClip } from '../formats/made-clip.js';
import { madeBvh } from '../pipeline/made-bvh.js';

/** Two frames of a figure whose hips stand at `height` centimetres in the first. */
const bvh = (height: number): string => madeBvh({ frames: 2, shin: height - 45 });

describe('LibraryFiles', () => {
  let folder: string;
  let library: PreviewLibrary;
  let files: LibraryFiles;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-preview-'));
    library = new PreviewLibrary();
    files = new LibraryFiles(library, folder);
  });
  afterEach(async () => {
    files.close();
    await rm(folder, { recursive: true });
  });

  it('names files that cannot be read and adds the others', async () => {
    await writeFile(join(folder, 'good.bvh'), bvh(90));
    await writeFile(join(folder, 'bad.bvh'), 'HIERARCHY\nROOT Hips\n{');
    await writeFile(join(folder, 'notes.txt'), 'hello');
    for (const name of ['missing.bvh', 'bad.bvh', 'notes.txt', 'good.bvh'])
      await files.add(join(folder, name));
    expect(library.problems.map(({ file }) => file)).toEqual(['missing.bvh', 'bad.bvh', 'notes.txt']);
    for (const { code, message } of library.problems) {
      expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
      expect(message.length).toBeGreaterThan(10);
    }
    expect(library.listing.clips.map(({ name, file }) => [name, file])).toEqual([['good', 'good.bvh']]);
  });

  it('shows a target beside the source that it is given', async () => {
    await writeFile(join(folder, 'a.bvh'), bvh(90));
    await writeFile(join(folder, 'b.bvh'), bvh(100));
    const sources = await files.add(join(folder, 'a.bvh'));
    await files.add(join(folder, 'b.bvh'), sources);
    expect(library.listing.clips.map(({ sourceId }) => sourceId)).toEqual([undefined, '0']);
  });

  it('shows a take beside the source of its name, whatever its number', async () => {
    const clip = (name: string): Clip => ({ ...makeClip({ seed: 1, jointCount: 3 }), name });
    await writeFile(join(folder, 'two.glb'), (await writeGlb([clip('idle'), clip('walk')])).bytes);
    await writeFile(join(folder, 'one.glb'), (await writeGlb([clip('walk')])).bytes);
    const sources = await files.add(join(folder, 'two.glb'));
    await files.add(join(folder, 'one.glb'), sources);
    expect(library.listing.clips.map(({ sourceId }) => sourceId)).toEqual([undefined, undefined, '1']);
  });

  it('adds what a retarget report names, beside its sources and with its scores', async () => {
    await writeFile(join(folder, 'a.bvh'), bvh(90));
    await writeFile(join(folder, 'made.bvh'), bvh(100));
    const report = {
      ok: true,
      files: [
        {
          file: 'a.bvh',
          family: 'unknown',
          clips: [
            {
              take: 'any',
              outputs: ['made.bvh', 'made.glb'],
              quality: { armDegrees: 2.5, slideCmPerSecond: 9, rootCm: 1 },
              warnings: [{ code: 'retarget/over-bar-slide', message: 'Standing feet slide.' }],
            },
          ],
          failures: [],
        },
        { file: 'failed.bvh', clips: [], failures: [{ code: 'bvh/x', message: 'It failed.' }] },
      ],
    };
    await writeFile(join(folder, 'report.json'), JSON.stringify(report));
    await writeFile(join(folder, 'other.json'), '{"files": 3}');
    await files.addReport(join(folder, 'report.json'));
    await files.addReport(join(folder, 'other.json'));
    expect(library.listing.clips).toMatchObject([
      { file: 'a.bvh' },
      {
        file: 'made.bvh',
        sourceId: '0',
        scores: [
          { name: 'arms', value: 2.5, unit: '°' },
          { name: 'slide', value: 9, unit: 'cm/s', isOver: true },
          { name: 'hips', value: 1, unit: 'cm' },
        ],
      },
    ]);
    expect(library.problems.map(({ file, code }) => [file, code])).toEqual([
      ['other.json', 'preview/not-a-report'],
    ]);
  });

  it('reads a file again when it is asked for, and says when it has changed on disk', async () => {
    const path = join(folder, 'walk.bvh');
    await writeFile(path, bvh(90));
    await files.add(path);
    const hips = async (): Promise<number> => (await library.items[0].load()).translations[1];
    const before = await hips();
    const changed = new Promise<void>((resolve) => {
      const stop = library.onChange(() => {
        stop();
        resolve();
      });
    });
    await writeFile(path, bvh(180));
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    await changed;
    expect(library.listing.clips[0].version).toBe(1);
    expect((await hips()) / before).toBeCloseTo(2, 6);
  });
});
