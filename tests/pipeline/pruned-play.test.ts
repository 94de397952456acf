import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLocalPose } from '../../src/clip/index.js';
import { buildStage, openDatabase, searchStage } from '../../src/pipeline/index.js';
import { openPlayedClips } from '../../src/pipeline/played-clips.js';
import { madeBvh } from './made-bvh.js';

describe('a pruned database', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-pruned-'));
    writeFileSync(at('walk.bvh'), madeBvh({ frames: 200, turnDeg: 25 }));
    writeFileSync(at('left.bvh'), madeBvh({ frames: 180, turnDeg: 60, speed: 2 }));
    const clips = [at('walk.bvh'), at('left.bvh')];
    const common = { clips, schema: 'holden', loops: 'none' as const, mirror: true };
    await buildStage({ ...common, out: at('whole.gwdb') });
    await buildStage({ ...common, out: at('small.gwdb'), maxFrames: 300 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('plays the poses that its stretches have in their files, mirror images too', async () => {
    const [whole, small] = [await openDatabase(at('whole.gwdb')), await openDatabase(at('small.gwdb'))];
    expect(small.frameCount).toBeLessThanOrEqual(300);
    expect(small.clips.some(({ firstFrame }) => firstFrame > 0)).toBe(true);
    expect(small.clips.some(({ mirrored }) => mirrored)).toBe(true);
    const played = await openPlayedClips(at('whole.gwdb'), whole, { tickHz: 60 });
    const pruned = await openPlayedClips(at('small.gwdb'), small, { tickHz: 60 });
    const count = played.bank.body.kept.length;
    const [expected, found] = [makeLocalPose(count), makeLocalPose(count)];
    small.clips.forEach(({ name, firstFrame, frameCount, sourceFrameCount }, c) => {
      const w = whole.clips.findIndex((clip) => clip.name === name.replace(/@.*/, ''));
      expect(sourceFrameCount ?? frameCount).toBe(whole.clips[w].frameCount);
      for (const frame of [1, Math.floor(frameCount / 2), frameCount - 2]) {
        played.bank.sample(w, (firstFrame + frame) / whole.rateHz, expected);
        pruned.bank.sample(c, frame / small.rateHz, found);
        for (let k = 0; k < 4 * count; k++) expect(found.rotations[k]).toBeCloseTo(expected.rotations[k], 3);
        for (let k = 0; k < 3 * count; k++)
          expect(found.translations[k]).toBeCloseTo(expected.translations[k], 3);
      }
    });
  });

  it('is asked for a moment of a stretch by the stretch’s own time', async () => {
    const small = await openDatabase(at('small.gwdb'));
    const late = small.clips.findIndex(({ firstFrame }) => firstFrame > 0);
    const { name } = small.clips[late];
    const report = await searchStage({
      database: at('small.gwdb'),
      clip: name,
      time: 0.2,
      count: 1,
      excludeSeconds: 0,
      apartSeconds: 0,
    });
    expect(report.query).toMatchObject({ clip: name, frame: 6, inDatabase: true });
  });
});
