import { afterEach, describe, expect, it } from 'vitest';
import { connectEditor, type EditorSession } from '../../../src/bridge/index.js';
import { PLUGIN_OBJECT } from '../../../src/bridge/protocol/index.js';
import { type ScriptedEditor, type SeenRequest, scriptedEditor, sendReply } from '../scripted-editor.js';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** An editor that gives these answers one after the other, the last one for ever; and a session with it. */
async function sessionWith(
  ...answers: ((id: number, seen: SeenRequest) => [status: number, body: unknown])[]
): Promise<{ session: EditorSession; editor: ScriptedEditor }> {
  const editor = await scriptedEditor((request, socket, count) => {
    const answer = answers[Math.min(count, answers.length) - 1];
    const [status, body] = answer?.(request.Id, request) ?? [500, null];
    sendReply(socket, request.Id, status, body);
  });
  const session = await connectEditor({ port: editor.port, token: 'secret', pluginWaitMs: 1_200 });
  open.push(session, editor);
  return { session, editor };
}

const returns = (value: unknown) => (): [number, unknown] => [200, { ReturnValue: JSON.stringify(value) }];
const missing = (): [number, unknown] => [404, { errorMessage: `Object: ${PLUGIN_OBJECT} does not exist.` }];
const greeting = {
  protocol: 1,
  plugin: '0.1.0',
  engine: '5.4.2',
  project: 'Game',
  more: 'in later versions',
};

const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: { code: string; message: string }) => error,
  );

describe('what can go wrong', () => {
  it('a plugin that is not there, after some waiting', async () => {
    const { session, editor } = await sessionWith(missing);
    const error = await failure(session.hello());
    expect(error.code).toBe('bridge/plugin-missing');
    expect(error.message).toContain('gaitway init');
    expect(editor.seen.length).toBeGreaterThan(1);
  });

  it('a 404 about something else is not waited for', async () => {
    const { session, editor } = await sessionWith(() => [
      404,
      { errorMessage: 'Object: /Game/X does not exist.' },
    ]);
    expect((await failure(session.hello())).code).toBe('bridge/not-found');
    expect(editor.seen).toHaveLength(1);
  });

  it('an exception in the plugin, which the editor turns into an empty text', async () => {
    const { session } = await sessionWith(() => [200, { ReturnValue: '' }]);
    expect((await failure(session.hello())).code).toBe('bridge/plugin-silent');
  });

  it.each([
    ['a body without text', () => [200, { ReturnValue: true }], 'no text came back'],
    ['a text that is not JSON', () => [200, { ReturnValue: 'oops' }], 'not JSON'],
    ['neither result nor error', returns({ ok: 'perhaps' }), 'neither'],
    ['a result of another shape', returns({ ok: true, result: { protocol: 'one' } }), 'protocol'],
  ] as const)('%s', async (_, answer, words) => {
    const { session } = await sessionWith(answer as () => [number, unknown]);
    const error = await failure(session.hello());
    expect(error.code).toBe('bridge/bad-answer');
    expect(error.message).toContain(words);
  });

  it("the plugin's own refusal, with its code and words", async () => {
    const refusal = { code: 'bridge/bad-token', message: 'The token is not that of this editor session.' };
    const { session } = await sessionWith(returns({ ok: false, error: refusal }));
    expect(await failure(session.capabilities())).toMatchObject(refusal);
  });

  it('a plugin of another version', async () => {
    const { session } = await sessionWith(returns({ ok: true, result: { ...greeting, protocol: 9 } }));
    const error = await failure(session.hello());
    expect(error.code).toBe('bridge/protocol-mismatch');
    expect(error.message).toContain('gaitway init');
  });
});

describe('waiting', () => {
  it('goes on once the plugin is there', async () => {
    const { session } = await sessionWith(missing, returns({ ok: true, result: greeting }));
    expect((await session.hello()).engine).toBe('5.4.2');
  });

  it('goes on once the editor has saved', async () => {
    const busy = (): [number, unknown] => [
      400,
      { errorMessage: `Can't resolve object: ${PLUGIN_OBJECT} while saving or garbage collecting.` },
    ];
    const { session } = await sessionWith(busy, returns({ ok: true, result: greeting }));
    expect((await session.hello()).project).toBe('Game');
  });
});

it('sends the token with every call, in the one argument that the plugin takes', async () => {
  const { session, editor } = await sessionWith(returns({ ok: true, result: { skeletons: ['/Game/SK'] } }));
  await session.call('list_skeletons', { folder: '/Game' }, { purpose: 'testing' });
  const { objectPath, functionName, parameters } = (editor.seen[0] as SeenRequest).Parameters.Body as Record<
    string,
    never
  >;
  expect([objectPath, functionName]).toEqual([PLUGIN_OBJECT, 'call']);
  expect(JSON.parse((parameters as { request_json: string }).request_json)).toEqual({
    protocol: 1,
    token: 'secret',
    call: 'list_skeletons',
    arguments: { folder: '/Game' },
  });
});
