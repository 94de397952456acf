import { z } from 'zod';
import { openRawSocket, type RawFrame, type RawSocket } from '../../bridge/index.js';
import { GaitwayError } from '../../errors.js';
import { askProof, type ProofContext, type ProofStep } from './proof.js';

const WITHIN_MS = 5_000;
const RING_WITHIN_MS = 3_000;
const MANY = 30;
/** Answers that come nearer to each other than this left in one tick. */
const LEAST_TICK_MS = 3;

const Reply = z.looseObject({ RequestId: z.number(), ResponseCode: z.number(), ResponseBody: z.unknown() });

const http = (id: number, verb: string, url: string, body: unknown = {}, outerId = id): unknown => ({
  MessageName: 'http',
  Id: outerId,
  Parameters: { RequestId: id, Url: url, Verb: verb, Body: body },
});

async function withSocket<T>({ port }: ProofContext, work: (socket: RawSocket) => Promise<T>): Promise<T> {
  const socket = await openRawSocket(port).catch((cause) => {
    throw new GaitwayError(
      'bridge/unreachable',
      `127.0.0.1:${port} takes no second connection.`,
      { port },
      cause,
    );
  });
  try {
    return await work(socket);
  } finally {
    socket.close();
  }
}

async function answerTo(socket: RawSocket, message: unknown): Promise<RawFrame> {
  const answer = socket.next(WITHIN_MS);
  socket.send(message);
  const frame = await answer;
  if (frame) return frame;
  throw new GaitwayError('bridge/timeout', `Nothing came within ${WITHIN_MS / 1000} s.`);
}

function replyIn(text: string): z.infer<typeof Reply> | undefined {
  try {
    return Reply.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** How the Remote Control server speaks. */
export const SERVER_PROOFS: readonly ProofStep[] = [
  {
    id: 'binary-frames',
    assumed: 'Answers are binary frames of JSON and repeat Parameters.RequestId, not the outer Id.',
    done: 'Asked /remote/info with RequestId 9 and Id 7.',
    run: (context) =>
      withSocket(context, async (socket) => {
        const { isBinary, text } = await answerTo(socket, http(9, 'GET', '/remote/info', {}, 7));
        const id = replyIn(text)?.RequestId;
        return {
          seen: `A ${isBinary ? 'binary' : 'text'} frame with RequestId ${id ?? 'none'}: ${text.slice(0, 120)}`,
          isProven: isBinary && id === 9,
        };
      }),
  },
  {
    id: 'unescaped-errors',
    assumed: 'Texts of errors are pasted into the JSON as they are, so that a quote in a name breaks it.',
    done: 'Called a function of an object whose name has a quote in it.',
    run: (context) =>
      withSocket(context, async (socket) => {
        const body = { objectPath: '/Game/No"Such', functionName: 'call', parameters: {} };
        const { text } = await answerTo(socket, http(1, 'PUT', '/remote/object/call', body));
        return {
          seen: text.slice(0, 200),
          isProven: text.includes('No"Such') && replyIn(text) === undefined,
        };
      }),
  },
  {
    id: 'silence',
    assumed: 'A message without MessageName gets no answer at all.',
    done: 'Sent one, then a good one, and looked at the first answer.',
    run: (context) =>
      withSocket(context, async (socket) => {
        socket.send({ Nonsense: true });
        const { text } = await answerTo(socket, http(2, 'GET', '/remote/info'));
        return { seen: `First came ${text.slice(0, 60)}…`, isProven: replyIn(text)?.RequestId === 2 };
      }),
  },
  {
    id: 'one-answer-a-tick',
    assumed: 'About one answer leaves on a connection each tick.',
    done: `Sent ${MANY} questions at once and noted when each answer came.`,
    run: (context) =>
      withSocket(context, async (socket) => {
        const times: number[] = [];
        for (let id = 1; id <= MANY; id++) socket.send(http(id, 'GET', '/remote/info'));
        while (times.length < MANY && (await socket.next(WITHIN_MS))) times.push(performance.now());
        const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
        const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
        return {
          seen: `${times.length} of ${MANY} answers, ${median.toFixed(1)} ms apart in the middle (${Math.round(1000 / Math.max(median, 0.001))} a second).`,
          isProven: times.length === MANY && median >= LEAST_TICK_MS,
          data: { medianMs: median },
        };
      }),
  },
  {
    id: 'swallowed-exception',
    assumed: 'A Python exception in a called function gives 200 and the default value: an empty text.',
    done: 'Called a function of the plugin that fails on purpose (the Output Log shows its error).',
    run: async (context) => {
      const { object } = z.looseObject({ object: z.string() }).parse(await askProof(context, 'ring'));
      const answer = await context.session.remote.request(
        {
          verb: 'PUT',
          url: '/remote/object/call',
          body: { objectPath: object, functionName: 'fail', parameters: {} },
        },
        { purpose: 'calling a function that fails' },
      );
      const value = z.looseObject({ ReturnValue: z.unknown() }).safeParse(answer).data?.ReturnValue;
      return { seen: `200 with ${JSON.stringify(answer)}`, isProven: value === '' };
    },
  },
  {
    id: 'doorbell',
    assumed:
      'A property set by Python is told to those who registered for a preset that exposes it, so nobody need ask for news.',
    done: 'Made a transient preset, exposed a property of the plugin, registered, and had Python set it.',
    run: (context) => withSocket(context, (socket) => ringDoorbell(context, socket)),
  },
];

async function ringDoorbell(
  context: ProofContext,
  socket: RawSocket,
): Promise<{ seen: string; isProven: boolean; data: unknown }> {
  const { object, property } = z
    .looseObject({ object: z.string(), property: z.string() })
    .parse(await askProof(context, 'ring', { count: 0 }));
  const steps: string[] = [];
  const ask = async (verb: string, url: string, body: unknown): Promise<z.infer<typeof Reply>> => {
    const { text } = await answerTo(socket, http(1, verb, url, body));
    steps.push(`${verb} ${url}: ${text.slice(0, 300)}`);
    const reply = replyIn(text);
    if (reply?.ResponseCode === 200) return reply;
    throw new GaitwayError('bridge/rejected', `${verb} ${url} was answered with ${text.slice(0, 200)}`, {
      steps,
    });
  };
  const made = await ask('PUT', '/remote/preset/transient', {});
  const name = /"(?:PresetName|Name|Path)"\s*:\s*"([^"]+)"/.exec(JSON.stringify(made.ResponseBody))?.[1];
  if (name === undefined)
    throw new GaitwayError('bridge/rejected', 'The transient preset came without a name.', { steps });
  try {
    await ask('PUT', `/remote/preset/${name}/expose/property`, {
      ObjectPath: object,
      PropertyName: property,
    });
    socket.send({
      MessageName: 'preset.register',
      Id: 2,
      Parameters: { PresetName: name, IgnoreRemoteChanges: false },
    });
    const rung = socket.next(RING_WITHIN_MS, ({ text }) => text.includes('PresetFieldsChanged'));
    // Registering has no answer; the first change may come before it is heard.
    for (let count = 1; count <= 3; count++) await askProof(context, 'ring', { count });
    const frame = await rung;
    return {
      seen: frame ? frame.text.slice(0, 300) : `No PresetFieldsChanged within ${RING_WITHIN_MS / 1000} s.`,
      isProven: frame !== undefined,
      data: { steps },
    };
  } finally {
    socket.send(http(3, 'DELETE', `/remote/preset/transient/${name}`));
  }
}
