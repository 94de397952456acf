import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PLUGIN_OBJECT } from '../../../src/bridge/protocol/index.js';
import { type OpenedStandIn, openStandIn } from '../opened-stand-in.js';

let opened: OpenedStandIn;
let socket: WebSocket;
const frames: { text: string; binary: boolean; at: number }[] = [];

beforeAll(async () => {
  opened = await openStandIn({ tickHz: 50, ticksBeforePlugin: 25 });
  socket = new WebSocket(opened.editor.address);
  socket.on('message', (data, binary) =>
    frames.push({ text: data.toString(), binary, at: performance.now() }),
  );
  await once(socket, 'open');
});
afterAll(async () => {
  socket.close();
  await opened.close();
});

const request = (id: number, url: string, verb: string, body: object = {}): string =>
  JSON.stringify({
    MessageName: 'http',
    Id: 900 + id,
    Parameters: { RequestId: id, Url: url, Verb: verb, Body: body },
  });
const call = (id: number, objectPath: string, functionName = 'call', parameters: object = {}): string =>
  request(id, '/remote/object/call', 'PUT', { objectPath, functionName, parameters });

/** Sends messages and gives the frames that come back, once there are so many. */
async function ask(count: number, ...messages: (string | Buffer)[]): Promise<typeof frames> {
  frames.length = 0;
  for (const message of messages) socket.send(message);
  for (let tries = 0; frames.length < count && tries < 200; tries++) await pause(10);
  return [...frames];
}

describe("the stand-in has the editor's manners", () => {
  it('does not know the plugin before it has started, and says so in words that break no JSON here', async () => {
    const [frame] = await ask(1, call(1, PLUGIN_OBJECT));
    expect(JSON.parse(frame?.text ?? '')).toEqual({
      RequestId: 1,
      ResponseCode: 404,
      ResponseBody: { errorMessage: `Object: ${PLUGIN_OBJECT} does not exist.` },
    });
  });

  it('answers in binary frames with the inner id', async () => {
    const [frame] = await ask(1, request(7, '/remote/info', 'GET'));
    expect(frame?.binary).toBe(true);
    expect(JSON.parse(frame?.text ?? '')).toMatchObject({ RequestId: 7, ResponseCode: 200 });
  });

  it('sends one answer a tick', async () => {
    const got = await ask(4, ...[1, 2, 3, 4].map((id) => request(id, '/remote/info', 'GET')));
    expect(got.map(({ text }) => (JSON.parse(text) as { RequestId: number }).RequestId)).toEqual([
      1, 2, 3, 4,
    ]);
    expect((got[3]?.at ?? 0) - (got[0]?.at ?? 0)).toBeGreaterThan(50);
  });

  it('is silent to what it cannot read', async () => {
    const binary = Buffer.from(request(2, '/remote/info', 'GET'));
    const got = await ask(
      1,
      'not json',
      '{}',
      '{"MessageName":"http"}',
      '{"MessageName":"object.call","Parameters":{}}',
      binary,
      request(5, '/remote/info', 'GET'),
    );
    await pause(100);
    expect(got).toHaveLength(1);
    expect(frames).toHaveLength(1);
  });

  it('takes a binary frame with its length in front', async () => {
    const text = Buffer.from(request(3, '/remote/info', 'GET'));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    const [frame] = await ask(1, Buffer.concat([length, text]));
    expect(JSON.parse(frame?.text ?? '')).toMatchObject({ RequestId: 3 });
  });

  it('reads keys in any case, and answers −1 to who sent no id', async () => {
    const [frame] = await ask(1, '{"messagename":"HTTP","parameters":{"url":"/remote/info","verb":"get"}}');
    expect(JSON.parse(frame?.text ?? '')).toMatchObject({ RequestId: -1, ResponseCode: 200 });
  });

  it('pastes error texts into JSON without escaping them', async () => {
    const [frame] = await ask(1, call(4, '/Game/A "quoted" name'));
    expect(frame?.text).toContain('"errorMessage":"Object: /Game/A "quoted" name does not exist."');
    expect(() => JSON.parse(frame?.text ?? '')).toThrow();
  });

  it('answers 404 to an unknown route and an unknown function, 400 to a body it cannot read', async () => {
    const got = await ask(
      3,
      request(1, '/remote/search/actors', 'PUT'),
      call(2, PLUGIN_OBJECT, 'nothing'),
      request(3, '/remote/object/call', 'PUT', { objectPath: 5 }),
    );
    expect(got.map(({ text }) => (JSON.parse(text) as { ResponseCode: number }).ResponseCode)).toEqual([
      404, 404, 400,
    ]);
  });
});
