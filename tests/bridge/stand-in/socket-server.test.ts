import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { answerAsk, type Gate } from '../../../src/bridge/stand-in/answer-ask.js';
import { EditorPython } from '../../../src/bridge/stand-in/editor-python.js';
import { type Mischief, NO_MISCHIEF, seededMischief } from '../../../src/bridge/stand-in/mischief.js';
import { Presets } from '../../../src/bridge/stand-in/presets.js';
import { SocketServer } from '../../../src/bridge/stand-in/socket-server.js';

/** A Python that returns how long the text was that it was called with. */
const python = new EditorPython(
  {
    projectFolder: '',
    pluginFolder: '',
    async handle(request) {
      const { object, parameters } = JSON.parse(request) as {
        object: string;
        parameters: { request_json?: string };
      };
      const known = object.endsWith('Default__GaitwayBridge');
      const result = known ? { value: String(parameters.request_json?.length) } : { missing: 'object' };
      return JSON.stringify({ result, log: [] });
    },
    close: async () => {},
  },
  () => {},
);

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** A server whose ticks are made by hand, and a bare WebSocket to it. */
async function connected(gate: Gate = {}, mischief: Mischief = NO_MISCHIEF) {
  const server = await SocketServer.listen(0);
  open.push(server);
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}`);
  open.push(socket);
  const frames: string[] = [];
  const closed: number[] = [];
  socket.on('message', (data) => frames.push(data.toString()));
  socket.on('close', (code) => closed.push(code));
  await once(socket, 'open');
  /** Sends, lets the server hear it, ticks so often, and gives what came back, tick by tick. */
  const ask = async (ticks: number, ...messages: (string | object)[]): Promise<string[][]> => {
    for (const message of messages)
      if (socket.readyState === socket.OPEN)
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    await pause(60);
    const byTick: string[][] = [];
    for (let tick = 0; tick < ticks; tick++) {
      await server.tick(mischief, (one) => answerAsk({ python, presets: new Presets() }, gate, one));
      await pause(30);
      byTick.push(frames.splice(0));
    }
    return byTick;
  };
  return { server, socket, ask, closed };
}

const info = (id: number): object => ({
  MessageName: 'http',
  Id: 900 + id,
  Parameters: { RequestId: id, Url: '/remote/info', Verb: 'GET' },
});
const idOf = (frame = '{}'): unknown => (JSON.parse(frame) as { RequestId?: number }).RequestId;

describe('the server', () => {
  it('lets one answer leave a tick, and nothing between', async () => {
    const { ask } = await connected();
    const byTick = await ask(5, info(1), info(2), info(3), info(4));
    expect(byTick.map((frames) => frames.map(idOf))).toEqual([[1], [2], [3], [4], []]);
  });

  it('turns away who lacks the passphrase, by the outer id and without a body', async () => {
    const { ask } = await connected({ passphrase: 'open sesame' });
    const md5 = '54ef36ec71201fdf9d1423fd26f97f6b';
    const [[refused], [let_in]] = (await ask(2, info(1), { ...info(2), Passphrase: md5 })) as [
      [string],
      [string],
    ];
    expect(JSON.parse(refused)).toEqual({ Passphrase: '', URL: '', Verb: '401', RequestId: 901 });
    expect(JSON.parse(let_in)).toMatchObject({ RequestId: 2, ResponseCode: 200 });
  });

  it('names no request where its web server is off', async () => {
    const { ask } = await connected({ webServer: false });
    expect(await ask(1, info(1))).toEqual([['{"errorMessage":"HTTP server not started."}']]);
  });

  it('tells events between answers', async () => {
    const { server, ask } = await connected();
    server.tell({ Type: 'PresetFieldsChanged', PresetName: 'Gait', ChangedFields: [] });
    const [[event], [answer]] = (await ask(2, info(1))) as [[string], [string]];
    expect(JSON.parse(event)).toMatchObject({ Type: 'PresetFieldsChanged', PresetName: 'Gait' });
    expect(idOf(answer)).toBe(1);
  });

  it('takes a message of 12 MiB that comes in fragments as one', async () => {
    const { socket, ask } = await connected();
    const text = 'x'.repeat(12 << 20);
    const message = Buffer.from(
      JSON.stringify({
        MessageName: 'http',
        Parameters: {
          RequestId: 1,
          Url: '/remote/object/call',
          Verb: 'PUT',
          Body: {
            objectPath: '/Engine/PythonTypes.Default__GaitwayBridge',
            functionName: 'call',
            parameters: { request_json: text },
          },
        },
      }),
    );
    for (let at = 0; at < message.length; at += 10 << 20) {
      const end = Math.min(at + (10 << 20), message.length);
      socket.send(message.subarray(at, end), { binary: false, fin: end === message.length });
    }
    let frames: string[] = [];
    for (let tries = 0; frames.length === 0 && tries < 100; tries++) frames = (await ask(1)).flat();
    expect(JSON.parse(frames[0] ?? '')).toMatchObject({ ResponseBody: { ReturnValue: String(12 << 20) } });
  });
});

describe("others' requests", () => {
  it("in the form of Epic's web application: ids equal, passphrase, capitals, batches of them", async () => {
    const { ask } = await connected();
    const wrapped = (id: number, Url: string) => ({
      MessageName: 'http',
      Id: id,
      Passphrase: '',
      Parameters: { RequestId: id, Url, Verb: 'GET', Body: undefined },
    });
    const byTick = await ask(
      4,
      wrapped(1, '/remote/presets'),
      {
        MessageName: 'preset.register',
        Id: 2,
        Passphrase: '',
        Parameters: { PresetName: 'P', IgnoreRemoteChanges: true },
      },
      {
        MessageName: 'batch',
        Parameters: { Requests: [wrapped(3, '/remote/info'), wrapped(4, '/remote/preset/P')] },
      },
    );
    const answers = byTick
      .flat()
      .map((frame) => JSON.parse(frame) as { RequestId: number; ResponseCode: number });
    expect(answers.map(({ RequestId, ResponseCode }) => [RequestId, ResponseCode])).toEqual([
      [1, 200],
      [3, 200],
      [4, 404],
    ]);
    expect(answers[0]).toMatchObject({ ResponseBody: { Presets: [] } });
  });

  it('in the form of the Companion module: no ids, one at a time, answered by −1', async () => {
    const { ask } = await connected();
    for (const Url of ['/remote/presets', '/remote/info']) {
      const [[frame]] = (await ask(1, { MessageName: 'http', Parameters: { Url, Verb: 'GET' } })) as [
        [string],
      ];
      const answer = JSON.parse(frame) as Record<string, unknown>;
      expect(answer).toMatchObject({ RequestId: -1, ResponseCode: 200 });
      expect(answer).toHaveProperty('ResponseBody');
    }
  });

  it('of a batch route answer each part', async () => {
    const { ask } = await connected();
    const Requests = [
      { RequestId: 5, URL: '/remote/info', Verb: 'GET' },
      { RequestId: 6, URL: '/remote/nowhere', Verb: 'GET' },
    ];
    const [[frame]] = (await ask(1, {
      MessageName: 'http',
      Parameters: { RequestId: 1, Url: '/remote/batch', Verb: 'PUT', Body: { Requests } },
    })) as [[string]];
    expect(JSON.parse(frame)).toMatchObject({
      RequestId: 1,
      ResponseBody: {
        Responses: [
          { RequestId: 5, ResponseCode: 200 },
          { RequestId: 6, ResponseCode: 404 },
        ],
      },
    });
  });
});

describe('what goes wrong on request', () => {
  it('--delay: answers come in another order, all of them, and the same with the same seed', async () => {
    const order = async (seed: number): Promise<unknown[]> => {
      const { ask } = await connected({}, seededMischief({ delayMs: 300, seed }, 33));
      const byTick = await ask(20, ...[1, 2, 3, 4, 5, 6, 7, 8].map(info));
      return byTick.flat().map(idOf);
    };
    const first = await order(3);
    expect(first).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...first].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await order(3)).toEqual(first);
  });

  it('--drop 1: every connection breaks before an answer', async () => {
    const { ask, closed } = await connected({}, seededMischief({ drop: 1 }, 33));
    expect((await ask(3, info(1))).flat()).toEqual([]);
    expect(closed).toEqual([1006]);
  });
});
