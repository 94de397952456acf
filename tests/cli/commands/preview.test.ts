import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeBvh } from '../../pipeline/made-bvh.js';
import { ensurePageBuilt } from '../../preview/page-build.js';
import { type CliRun, runGaitway } from '../run-gaitway.js';

const BVH = madeBvh({ frames: 1 });

describe('gaitway preview', () => {
  let folder: string;

  /** Runs the command; `whenPrinted` sees the first line of its output while it serves. */
  const preview = (args: readonly string[], whenPrinted?: (line: string) => Promise<void>): Promise<CliRun> =>
    runGaitway(['preview', ...args], {
      cwd: folder,
      onPrint: (line, interrupt) => void (whenPrinted?.(line) ?? Promise.resolve()).finally(interrupt),
    });

  beforeAll(async () => {
    await ensurePageBuilt();
    folder = await mkdtemp(join(tmpdir(), 'gaitway-preview-'));
    await writeFile(join(folder, 'a.bvh'), BVH);
    await writeFile(join(folder, 'b.bvh'), BVH);
    await writeFile(join(folder, 'bad.bvh'), 'HIERARCHY');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints the address as the one line of its output and serves until it is interrupted', async () => {
    let listing: unknown;
    const { code, printed } = await preview(['a.bvh', 'b.bvh', '--no-open'], async (url) => {
      // The second file joins when it has been read.
      await expect
        .poll(async () => {
          listing = await (await fetch(`${url}clips.json`)).json();
          return (listing as { clips: unknown[] }).clips.length;
        })
        .toBe(2);
    });
    expect(code).toBe(0);
    expect(printed.split('\n')).toHaveLength(1);
    expect(listing).toMatchObject({
      clips: [{ file: 'a.bvh' }, { file: 'b.bvh', sourceId: '0' }],
      problems: [],
    });
    await expect(fetch(printed)).rejects.toThrow();
  });

  it('gives the address as JSON, takes folders, and names files that cannot be shown', async () => {
    const { code, printed, noted } = await preview(['.', '--json'], async (line) => {
      const { url } = JSON.parse(line) as { url: string };
      await expect
        .poll(
          async () => ((await (await fetch(`${url}clips.json`)).json()) as { problems: object[] }).problems,
        )
        .toMatchObject([{ file: 'bad.bvh' }]);
    });
    expect(code).toBe(0);
    expect(printed.split('\n')).toHaveLength(1);
    expect(noted).toMatch(/not shown: .*bad\.bvh/);
  });

  it.each([
    ['nothing that can be read', ['bad.bvh'], 'preview/nothing-readable', 1],
    ['a file that is not there', ['missing.bvh'], 'preview/nothing-readable', 1],
    ['a port that is none', ['a.bvh', '--port', '70000'], 'cli/usage', 2],
  ])('fails with a code on %s', async (_, args, wanted, exit) => {
    const { code, printed } = await preview([...args, '--json']);
    expect(code).toBe(exit);
    expect(JSON.parse(printed)).toMatchObject({ ok: false, error: { code: wanted } });
  });

  it('fails with a code where a folder has no clips', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'gaitway-empty-'));
    const { code, printed } = await preview([empty, '--json']);
    await rm(empty, { recursive: true });
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ error: { code: 'preview/no-clips' } });
  });
});
