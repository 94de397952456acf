import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { RemoteControl, type RemoteControlOptions } from '../../../src/bridge/index.js';
import { handClock } from '../hand-clock.js';
import { type ScriptedEditor, scriptedEditor } from '../scripted-editor.js';

const INFO = { verb: 'GET', url: '/remote/info' } as const;
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/**
 * An editor behind a wire that can be cut: what is under way stays open and silent, as where a machine lost its power,
 * and new connections are refused.
 */
async function wireTo(editor: ScriptedEditor): Promise<{ port: number; hush(): void; cut(): void }> {
  const pairs: [Socket, Socket][] = [];
  const server: Server = createServer((near) => {
    const far = connect(editor.port, '127.0.0.1');
    pairs.push([near, far]);
    near.on('error', () => {});
    far.on('error', () => {});
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hush = (): void => {
    for (const [near, far] of pairs) {
      near.unpipe(far);
      far.unpipe(near);
      near.resume();
    }
  };
  open.push({
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  });
  return {
    port: (server.address() as AddressInfo).port,
    hush,
    cut() {
      hush();
      server.close();
    },
  };
}

async function start(options: RemoteControlOptions = {}) {
  const editor = await scriptedEditor(() => {});
  open.push(editor);
  const wire = await wireTo(editor);
  const clock = handClock();
  const remote = new RemoteControl({ port: wire.port, timeoutMs: 6_000, clock, ...options });
  open.unshift(remote);
  await remote.open();
  const ended: string[] = [];
  remote.request(INFO, { purpose: 'testing' }).then(
    () => ended.push('answered'),
    ({ code }: { code: string }) => ended.push(code),
  );
  /** Lets seconds go by, and what they bring about happen. */
  const pass = async (seconds: number): Promise<string[]> => {
    for (let second = 0; second < seconds; second++) {
      clock.pass(1_000);
      await pause(40);
    }
    return ended;
  };
  return { wire, remote, pass };
}

it('notices within 5 seconds that the editor is gone, where nothing tells so', async () => {
  const { wire, remote, pass } = await start({ timeoutMs: 30_000 });
  expect(await pass(4)).toEqual([]);
  wire.cut();
  expect(await pass(4)).toEqual(['bridge/connection-lost']);
  expect(remote.isOpen).toBe(false);
});

it('does not break with an editor that is only busy, and tells that it is', async () => {
  const states: string[] = [];
  const { wire, remote, pass } = await start({ onState: (state) => states.push(state) });
  wire.hush();
  expect(await pass(5)).toEqual([]);
  expect(states).toEqual(['busy']);
  expect(await pass(1)).toEqual(['bridge/timeout']);
  expect(remote.isOpen).toBe(true);
});
