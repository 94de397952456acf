import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteControl, type RemoteControlOptions } from '../../../src/bridge/remote-control/client.js';
import { type ScriptedEditor, scriptedEditor, sendReply } from '../scripted-editor.js';

const INFO = { verb: 'GET', url: '/remote/info' } as const;
const open: (RemoteControl | ScriptedEditor)[] = [];

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function editor(...script: Parameters<typeof scriptedEditor>): Promise<ScriptedEditor> {
  const made = await scriptedEditor(...script);
  open.unshift(made);
  return made;
}

function client(port: number, options: RemoteControlOptions = {}): RemoteControl {
  const made = new RemoteControl({ port, random: () => 0, ...options });
  open.unshift(made);
  return made;
}

const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: { code: string; message: string }) => error,
  );

describe('what can go wrong', () => {
  it('says what to click where no editor listens', async () => {
    const { port, close } = await scriptedEditor(() => {});
    await close();
    const error = await failure(client(port, { connectLimitMs: 100 }).open());
    expect(error.code).toBe('bridge/unreachable');
    expect(error.message).toContain(`ws://127.0.0.1:${port}`);
    expect(error.message).toContain('Auto Start WebSocket Server');
  });

  it('gives up on an answer that never comes, and ignores it when it comes late', async () => {
    let late: (() => void) | undefined;
    const { port } = await editor((request, socket, count) => {
      if (count === 1) late = () => sendReply(socket, request.Id, 200, 'late');
      else sendReply(socket, request.Id, 200, 'second');
    });
    const remote = client(port);
    const error = await failure(remote.request(INFO, { purpose: 'testing', timeoutMs: 50 }));
    expect(error.code).toBe('bridge/timeout');
    late?.();
    expect(await remote.request(INFO, { purpose: 'testing' })).toBe('second');
  });

  it('tells a passphrase refusal by the id of the refused', async () => {
    const { port } = await editor((request, socket) => {
      socket.send(JSON.stringify({ Passphrase: '', URL: '', Verb: '401', RequestId: request.Id }));
    });
    expect((await failure(client(port).request(INFO, { purpose: 'testing' }))).code).toBe('bridge/denied');
  });

  it('tells that the web server behind the socket is off', async () => {
    const { port } = await editor((_, socket) => {
      socket.send('{"errorMessage":"HTTP server not started."}');
    });
    const error = await failure(client(port).request(INFO, { purpose: 'testing' }));
    expect(error.code).toBe('bridge/http-server-stopped');
    expect(error.message).toContain('WebControl.StartServer');
  });

  it('never sends a write again after the connection broke', async () => {
    const { port, seen } = await editor((_, socket) => socket.terminate());
    const error = await failure(client(port).request(INFO, { purpose: 'writing' }));
    expect(error.code).toBe('bridge/connection-lost');
    await pause(50);
    expect(seen).toHaveLength(1);
  });

  it('ends calls under way when it is closed or the caller cancels', async () => {
    const { port } = await editor(() => {});
    const abort = new AbortController();
    const remote = client(port);
    const one = failure(remote.request(INFO, { purpose: 'one', signal: abort.signal }));
    const two = failure(remote.request(INFO, { purpose: 'two' }));
    await pause(20);
    abort.abort();
    expect((await one).code).toBe('bridge/cancelled');
    remote.close();
    expect((await two).code).toBe('bridge/cancelled');
    expect((await failure(remote.request(INFO, { purpose: 'three' }))).code).toBe('bridge/cancelled');
  });
});

describe('a request', () => {
  it('is text, with both ids equal and 1 or more, and every id new', async () => {
    const { port, seen } = await editor((request, socket) => sendReply(socket, request.Id, 200, null));
    const remote = client(port, { passphrase: 'open sesame' });
    await Promise.all([1, 2, 3].map(() => remote.request(INFO, { purpose: 'testing' })));
    expect(seen.map((request) => request.Id)).toEqual([1, 2, 3]);
    expect(seen.map((request) => request.Parameters.RequestId)).toEqual([1, 2, 3]);
    expect(seen[0]?.Passphrase).toBe('54ef36ec71201fdf9d1423fd26f97f6b');
  });

  it('that only reads is sent again after the connection broke', async () => {
    const { port, connections } = await editor((request, socket, count) => {
      if (count === 1) socket.terminate();
      else sendReply(socket, request.Id, 200, 'here');
    });
    expect(await client(port).request(INFO, { purpose: 'reading', repeatable: true })).toBe('here');
    expect(connections()).toBe(2);
  });

  it('finds an editor that starts a little later', async () => {
    const first = await scriptedEditor(() => {});
    await first.close();
    const remote = client(first.port, { connectLimitMs: 5_000 });
    const answer = remote.request(INFO, { purpose: 'testing' });
    await pause(150);
    await editor((request, socket) => sendReply(socket, request.Id, 200, 'up'), first.port);
    expect(await answer).toBe('up');
  });

  it('keeps many in flight and hands each its own answer', async () => {
    const { port } = await editor((request, socket) => {
      setTimeout(() => sendReply(socket, request.Id, 200, request.Parameters.Body), (request.Id * 7) % 13);
    });
    const remote = client(port);
    const numbers = Array.from({ length: 64 }, (_, n) => n);
    const answers = await Promise.all(
      numbers.map((n) => remote.request({ verb: 'PUT', url: '/x', body: { n } }, { purpose: 'testing' })),
    );
    expect(answers).toEqual(numbers.map((n) => ({ n })));
  });

  it('leaves events to the listener', async () => {
    const events: string[] = [];
    const { port } = await editor((request, socket) => {
      socket.send('{"Type":"TransactionEnded"}');
      sendReply(socket, request.Id, 200, null);
    });
    await client(port, { onEvent: (type) => events.push(type) }).request(INFO, { purpose: 'testing' });
    expect(events).toEqual(['TransactionEnded']);
  });

  it('goes on after garbage, a second answer, an answer to nobody, and one that is damaged', async () => {
    const { port, connections } = await editor((request, socket, count) => {
      socket.send(Buffer.from([0xff, 0x00, 0x7b, 0x22]), { binary: true });
      socket.send('{"RequestId":-1,"ResponseCode":200,"ResponseBody":"to nobody"}');
      socket.send('[]');
      if (count === 1) {
        const whole = `{"RequestId":${request.Id},"ResponseCode":200,"ResponseBody":{"a":1}}`;
        socket.send(whole.slice(0, -6));
        return;
      }
      sendReply(socket, request.Id, 200, 'first');
      sendReply(socket, request.Id, 200, 'second');
    });
    const remote = client(port);
    const lost = await failure(remote.request(INFO, { purpose: 'writing' }));
    expect(lost.code).toBe('bridge/unreadable-answer');
    expect(await remote.request(INFO, { purpose: 'reading', repeatable: true })).toBe('first');
    expect(connections()).toBe(1);
  });

  it('reads an answer of many megabytes that comes in fragments', async () => {
    const { port } = await editor((request, socket) => {
      const bytes = Buffer.from(
        JSON.stringify({ RequestId: request.Id, ResponseCode: 200, ResponseBody: 'x'.repeat(25 << 20) }),
      );
      for (let at = 0; at < bytes.length; at += 10 << 20) {
        const end = Math.min(at + (10 << 20), bytes.length);
        socket.send(bytes.subarray(at, end), { binary: true, fin: end === bytes.length });
      }
    });
    const answer = (await client(port).request(INFO, { purpose: 'testing' })) as string;
    expect(answer.length).toBe(25 << 20);
  });

  it('is not sent before there is room: 64 are under way at most', async () => {
    const held: number[] = [];
    let reply = (_id: number): void => {};
    const { port, seen } = await editor((request, socket) => {
      held.push(request.Id);
      reply = (id) => sendReply(socket, id, 200, id);
    });
    const remote = client(port);
    const answers = Array.from({ length: 70 }, () => remote.request(INFO, { purpose: 'testing' }));
    for (let tries = 0; held.length < 64 && tries < 100; tries++) await pause(10);
    await pause(50);
    expect(seen).toHaveLength(64);
    for (let next = 0; next < 70; next++) {
      for (let tries = 0; held[next] === undefined && tries < 100; tries++) await pause(10);
      reply(held[next] as number);
    }
    expect(await Promise.all(answers)).toEqual(held);
  });
});
