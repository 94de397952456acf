import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { pullClip, pushClip } from '../../../src/bridge/index.js';
import { makeRate } from '../../../src/clip/index.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { openStandIn, SKELETON } from '../opened-stand-in.js';

const PYTHON = 'python3';
const { stdout } = spawnSync(PYTHON, ['-c', 'import sys; print(sys.version_info >= (3, 9))'], {
  encoding: 'utf8',
});
const hasPython = stdout?.trim() === 'True';

it.skipIf(!hasPython)('a Python of this machine runs the plugin as well', async () => {
  const opened = await openStandIn({ python: PYTHON });
  const session = await opened.session();
  const clip = madeClip();
  const skeleton = { path: SKELETON, skeleton: madeSkeleton() };
  await pushClip(session, { clip, asset: '/Game/A/Walk', skeleton, defaultRate: makeRate(30) });
  expect((await pullClip(session, '/Game/A/Walk')).clip.frameCount).toBe(40);
  await opened.close();
});

it('a Python that is not there is told by name', async () => {
  await expect(openStandIn({ python: '/no/such/python' })).rejects.toMatchObject({
    code: 'bridge/no-python',
    message: expect.stringContaining('/no/such/python'),
  });
});
