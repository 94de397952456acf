import { expect, it } from 'vitest';
import { type EditorSession, pullClip, pushClip } from '../../src/bridge/index.js';
import { type Clip, makeRate } from '../../src/clip/index.js';
import { GaitwayError } from '../../src/errors.js';
import { madeClip, madeSkeleton } from '../bridge/made-clip.js';
import { openStandIn, SKELETON } from '../bridge/opened-stand-in.js';

/**
 * Whether a push that was cut off had been done was told from the hash of the numbers, so one that changed only events,
 * settings or the name of a curve was told as done though nothing of it was written.
 */
it('a cut-off push that changes no number is not told as done', async () => {
  const opened = await openStandIn();
  const session = await opened.session();
  const skeleton = { path: SKELETON, skeleton: madeSkeleton() };
  const asset = '/Game/Cut/Clip';
  const clip: Clip = { ...madeClip(), events: [{ name: 'step', time: 0.5, duration: 0 }] };
  const request = { asset, skeleton, defaultRate: makeRate(30) };
  await pushClip(session, { ...request, clip });

  const cut: EditorSession = {
    ...session,
    call: async (name, takes, options) => {
      if (name !== 'push_commit') return session.call(name, takes, options);
      throw new GaitwayError('bridge/connection-lost', 'lost');
    },
  };
  const renamed = clip.curves.map(({ values }) => ({ name: 'pace', values }));
  for (const [what, change] of Object.entries({
    'another event': { clip: { ...clip, events: [{ name: 'stomp', time: 0.5, duration: 0 }] } },
    'an event elsewhere': { clip: { ...clip, events: [{ name: 'step', time: 0.6, duration: 0 }] } },
    'root motion': { clip, rootMotion: true },
    'a curve of another name': { clip: { ...clip, curves: renamed } },
  })) {
    const told = await pushClip(cut, { ...request, ...change }).then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );
    expect(told, what).toBe('bridge/push-cut-off');
  }
  expect((await pushClip(cut, { ...request, clip })).warnings.map(({ code }) => code)).toContain(
    'bridge/editor-lost',
  );
  const { clip: kept, rootMotion } = await pullClip(session, asset);
  expect(kept.events.map(({ name }) => name)).toEqual(['step']);
  expect(kept.curves.map(({ name }) => name)).toEqual(['speed']);
  expect(rootMotion).toBe(false);
  await opened.close();
});
