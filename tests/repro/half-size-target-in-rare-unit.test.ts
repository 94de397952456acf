import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runGaitway } from '../cli/run-gaitway.js';
import { madeBvh } from '../pipeline/made-bvh.js';

/** The same figure with every length halved: a child, not a person measured in inches. */
const halved = (bvh: string): string =>
  bvh.replace(/OFFSET (\S+) (\S+) (\S+)/g, (_, x, y, z) => `OFFSET ${x / 2} ${y / 2} ${z / 2}`);

it('a target with the joints of the source and half its size is in the unit of the source', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-unit-'));
  const [source, target] = [join(folder, 'source.bvh'), join(folder, 'target.bvh')];
  const bvh = madeBvh({ frames: 5 });
  await writeFile(source, bvh);
  await writeFile(target, halved(bvh));
  const run = async (...more: string[]): Promise<number> => {
    const out = join(folder, `out${more.length}`);
    const { printed } = await runGaitway(
      ['retarget', source, '--to', target, '--out', out, '--json', '--jobs', '1', ...more],
      { cwd: folder },
    );
    return JSON.parse(printed).files[0].clips[0].legRatio;
  };
  expect(await run()).toBeCloseTo(0.5, 3);
  expect(await run('--to-unit', 'inch')).toBeCloseTo(0.5 * 2.54, 3);
  await rm(folder, { recursive: true });
});
