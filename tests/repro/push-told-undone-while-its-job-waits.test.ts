import { expect, it } from 'vitest';
import { type EditorSession, pushClip } from '../../src/bridge/index.js';
import { makeRate } from '../../src/clip/index.js';
import { GaitwayError } from '../../src/errors.js';
import { madeClip, madeSkeleton } from '../bridge/made-clip.js';
import { openStandIn, SKELETON } from '../bridge/opened-stand-in.js';

/**
 * An editor that hung took the request to write and wrote a few ticks later; meanwhile nobody could ask after the job,
 * the asset was looked at, was not there yet, and the push was told as not done.
 */
it('a push whose job cannot be asked after is told as it ends', async () => {
  const opened = await openStandIn();
  const session = await opened.session();
  const deaf: EditorSession = {
    ...session,
    call: async (name, takes, options) => {
      const answer = session.call(name, takes, options);
      if (name !== 'push_commit' && name !== 'job_status') return answer;
      answer.catch(() => {});
      throw new GaitwayError('bridge/timeout', 'The editor gave no answer.');
    },
  };
  for (const frames of [3, 40, 2_000]) {
    const asset = `/Game/Hung/Clip${frames}`;
    const request = { clip: madeClip({ frames }), asset, defaultRate: makeRate(30) };
    const done = await pushClip(deaf, {
      ...request,
      skeleton: { path: SKELETON, skeleton: madeSkeleton() },
    }).then(
      () => true,
      ({ code }: { code: string }) => {
        expect(code).toBe('bridge/push-cut-off');
        return false;
      },
    );
    for (let call = 0; call < 10; call++) await session.hello();
    expect((await opened.editor.inspect()).assets.includes(asset)).toBe(done);
  }
  await opened.close();
});
