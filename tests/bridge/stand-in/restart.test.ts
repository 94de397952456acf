import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorSession, pullClip, pushClip, RemoteControl } from '../../../src/bridge/index.js';
import { makeRate } from '../../../src/clip/index.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

let opened: OpenedStandIn;
let session: EditorSession;
const skeleton = { path: SKELETON, skeleton: madeSkeleton() };
const push = (asset: string) =>
  pushClip(session, { clip: madeClip(), asset, skeleton, defaultRate: makeRate(30) });

beforeAll(async () => {
  // The first ticks hear nothing, so a greeting that came then would be lost.
  opened = await openStandIn({ deafTicks: 40 });
  session = await opened.session({ reconnectLimitMs: 60_000 });
});
afterAll(() => opened.close());

describe('an editor that starts anew', () => {
  it('is greeted though what it is sent at first is lost', async () => {
    expect((await session.hello()).protocol).toBe(1);
  });

  it('keeps what was pushed on disk, to be looked at and pulled again', async () => {
    await push('/Game/Kept/Sway');
    const file = join(opened.projectFolder, 'Saved/GaitwayStandIn/Game/Kept/Sway.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      class: 'AnimSequence',
      path: '/Game/Kept/Sway',
      skeleton: SKELETON,
      keys: 40,
      metadata: { GaitwayContentHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    await opened.editor.restart(100);
    await session.hello();
    expect((await pullClip(session, '/Game/Kept/Sway')).clip.frameCount).toBe(40);
  });

  it('takes calls again after a hang, whose callers were told in time', async () => {
    opened.editor.pause();
    const call = session.call('capabilities', {}, { purpose: 'testing', timeoutMs: 300 });
    await expect(call).rejects.toMatchObject({ code: 'bridge/timeout' });
    opened.editor.resume();
    expect((await session.capabilities()).missing).toEqual([]);
  });
});

it('a Python exception in a function comes back as a success with the default value', async () => {
  const plugin = await mkdtemp(join(tmpdir(), 'gaitway-thrower-'));
  await writeFile(
    join(plugin, 'init_unreal.py'),
    [
      'import unreal',
      '@unreal.uclass()',
      'class Thrower(unreal.Object):',
      '    @unreal.ufunction(params=[str], ret=str)',
      '    def call(self, text):',
      '        raise ValueError(text)',
    ].join('\n'),
  );
  const editor = await openStandIn({ pluginPython: plugin });
  const remote = new RemoteControl({ port: editor.editor.port });
  const body = {
    objectPath: '/Engine/PythonTypes.Default__Thrower',
    functionName: 'call',
    parameters: { text: 'oops' },
  };
  const answer = await remote.request(
    { verb: 'PUT', url: '/remote/object/call', body },
    { purpose: 'testing' },
  );
  expect(answer).toEqual({ ReturnValue: '' });
  expect(editor.log.join('\n')).toContain('ValueError: oops');
  remote.close();
  await editor.close();
  await rm(plugin, { recursive: true, force: true });
});
