import { expect, it } from 'vitest';
import { openRawSocket } from '../../../src/bridge/index.js';
import { openStandIn } from '../opened-stand-in.js';

/** The first answer may be heard late, by a part of a tick; two in one tick would take half as long. */
const LEAST_SHARE = 0.75;

it.each([
  ['in the background', 3, 4],
  ['in front', 30, 10],
])('an editor %s, at %i ticks a second, lets one answer leave a tick', async (_, tickHz, questions) => {
  const opened = await openStandIn({ tickHz });
  const socket = await openRawSocket(opened.editor.port);
  try {
    const came: { id: number; at: number }[] = [];
    const all = socket.next(30_000, ({ text }) => {
      came.push({ id: JSON.parse(text).RequestId, at: performance.now() });
      return came.length === questions;
    });
    for (let id = 1; id <= questions; id++)
      socket.send({
        MessageName: 'http',
        Id: id,
        Parameters: { RequestId: id, Url: '/remote/info', Verb: 'GET', Body: {} },
      });
    await all;
    expect(came.map(({ id }) => id)).toEqual(came.map((__, k) => k + 1));
    const took = came[questions - 1].at - came[0].at;
    expect(took).toBeGreaterThan((LEAST_SHARE * (questions - 1) * 1000) / tickHz);
  } finally {
    socket.close();
    await opened.close();
  }
});
