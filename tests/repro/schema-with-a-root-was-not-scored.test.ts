import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../src/motion/index.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { madeBvh } from '../pipeline/made-bvh.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-root-'));
  const files = [0, 30, 60, -30, -60].map((turnDeg, k) => {
    writeFileSync(at(`clip${k}.bvh`), madeBvh({ turnDeg, frames: 120 }));
    return { name: `clip${k}.bvh`, split: k < 4 ? 'train' : 'test', label: 'walk' };
  });
  writeFileSync(at('manifest.json'), JSON.stringify({ files }));
  writeFileSync(
    at('rooted.json'),
    JSON.stringify({ ...BUILT_IN_SCHEMAS.ue54(), name: 'rooted', rootJoint: 'Hips' }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

it('a schema that goes by a joint as root, as those that Unreal gives, is tuned and scored beside the built-in ones', async () => {
  const manifest = ['--manifest', at('manifest.json'), '--schema', at('rooted.json')];
  const tuned = await runGaitway(['tune', ...manifest, '--out', at('tuned.json'), '--json']);
  expect(tuned.noted).not.toContain('[motion/');
  expect(JSON.parse(tuned.printed)).toMatchObject({ ok: true });
  const scored = await runGaitway(['evaluate', ...manifest, '--json']);
  expect(scored.noted).not.toContain('[motion/');
  expect(scored.code).toBe(0);
});
