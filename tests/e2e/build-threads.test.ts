import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeBvh } from '../pipeline/made-bvh.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

// Threads run the built modules, so this wants `npm run build`.
describe.skipIf(!existsSync(MAIN))('build on several threads', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-threads-'));
    for (let k = 0; k < 5; k++)
      writeFileSync(join(folder, `walk-${k}.bvh`), madeBvh({ turnDeg: 20 * k, speed: 1 + 0.3 * k }));
    writeFileSync(join(folder, 'broken.bvh'), 'HIERARCHY');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the bytes of one thread, and tells of the same bad clip', () => {
    const [one, two] = ['1', '2'].map((jobs) => {
      const out = join(folder, `on-${jobs}.gwdb`);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [MAIN, 'build', folder, '--out', out, '--mirror', '--jobs', jobs, '--no-cache', '--json'],
        { encoding: 'utf8' },
      );
      expect(status, stderr).toBe(1);
      const { failed, clips } = JSON.parse(stdout);
      expect(clips).toBe(10);
      return { failed, bytes: readFileSync(out) };
    });
    expect(two.failed).toEqual(one.failed);
    expect(two.failed).toHaveLength(1);
    expect(two.bytes.equals(one.bytes)).toBe(true);
  });
});
