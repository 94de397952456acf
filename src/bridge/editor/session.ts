import { GaitwayError } from '../../errors.js';
import { sleep } from '../clock.js';
import {
  CALLS,
  type CallGives,
  type CallName,
  type CallTakes,
  PLUGIN_FUNCTION,
  PLUGIN_OBJECT,
  PluginAnswer,
  PROTOCOL_VERSION,
  pluginRequest,
  ReturnedText,
} from '../protocol/index.js';
import { type CallOptions, RemoteControl, type RemoteControlOptions } from '../remote-control/client.js';

export interface SessionOptions extends RemoteControlOptions {
  /**
   * The secret that the plugin wrote to `Saved/Gaitway/token`, or how to read it: it is new each time the editor
   * starts. `hello` needs none.
   */
  readonly token?: string | (() => Promise<string>);
  /** How long to wait for the plugin while the editor loads. */
  readonly pluginWaitMs?: number;
  /** Folder of the project that the editor has open, where this machine sees it: large data is tried through files then. */
  readonly projectFolder?: string;
  /** Told in `hello`, for the editor's log. */
  readonly client?: string;
}

/** The plugin in one editor, as calls that are checked on the way out and in. */
export interface EditorSession {
  readonly remote: RemoteControl;
  /** Folder of the project that large data goes through, as long as both ends see it. */
  readonly sharedProject: string | undefined;
  /** From now on large data goes in pieces: the other end does not see that folder. */
  sendInPieces(): void;
  /**
   * Calls the plugin.
   *
   * @throws GaitwayError the plugin's own code, or `bridge/plugin-missing`, `bridge/plugin-silent`,
   *   `bridge/bad-answer`, `bridge/editor-busy`, or what `RemoteControl.request` throws.
   */
  call<N extends CallName>(
    name: N,
    takes: CallTakes<N>,
    options: Omit<CallOptions, 'repeatable'>,
  ): Promise<CallGives<N>>;
  /** @throws GaitwayError `bridge/protocol-mismatch` where plugin and program are of different versions. */
  hello(): Promise<CallGives<'hello'>>;
  capabilities(): Promise<CallGives<'capabilities'>>;
  close(): void;
}

const PLUGIN_WAIT_MS = 20_000;
const ASK_AGAIN_MS = 500;
/** What is sent to an editor that has just opened its port may be lost, so a greeting is not awaited for long. */
const GREETING_MS = 4_000;

/**
 * Opens a session with the plugin in a running editor.
 *
 * @throws GaitwayError `bridge/unreachable` where no editor answers.
 */
export async function connectEditor(options: SessionOptions = {}): Promise<EditorSession> {
  const remote = new RemoteControl(options);
  await remote.open();
  const { token = '' } = options;
  const readToken = typeof token === 'string' ? async () => token : token;
  // Read when it is wanted, since the plugin writes it only once the editor has loaded.
  let current: string | undefined;
  const call: EditorSession['call'] = async (name, takes, callOptions) => {
    if (name === 'hello') return callPlugin(remote, options, '', name, takes, callOptions);
    current ??= await readToken();
    try {
      return await callPlugin(remote, options, current, name, takes, callOptions);
    } catch (error) {
      if (!(error instanceof GaitwayError && error.code === 'bridge/bad-token')) throw error;
      // The call was refused unread, so it may go again with the token of an editor that was restarted.
      const fresh = await readToken();
      if (fresh === current) throw error;
      current = fresh;
      return callPlugin(remote, options, current, name, takes, callOptions);
    }
  };
  let sharedProject = options.projectFolder;
  return {
    remote,
    get sharedProject() {
      return sharedProject;
    },
    sendInPieces() {
      sharedProject = undefined;
    },
    call,
    async hello() {
      const answer = await call(
        'hello',
        { client: options.client ?? 'gaitway' },
        { purpose: 'greeting the plugin', timeoutMs: GREETING_MS },
      );
      if (answer.protocol === PROTOCOL_VERSION) return answer;
      throw new GaitwayError(
        'bridge/protocol-mismatch',
        `The plugin in the editor is version ${answer.plugin} and speaks protocol ${answer.protocol}; this Gaitway speaks ` +
          `${PROTOCOL_VERSION}. Run "gaitway init" in the project to bring the plugin up to date, then restart the editor.`,
        { plugin: answer.plugin, protocol: answer.protocol, wanted: PROTOCOL_VERSION },
      );
    },
    capabilities: () => call('capabilities', {}, { purpose: 'asking what the editor can do' }),
    close: () => remote.close(),
  };
}

async function callPlugin<N extends CallName>(
  remote: RemoteControl,
  { pluginWaitMs = PLUGIN_WAIT_MS, signal }: SessionOptions,
  token: string,
  name: N,
  takes: CallTakes<N>,
  options: Omit<CallOptions, 'repeatable'>,
): Promise<CallGives<N>> {
  const request = {
    verb: 'PUT',
    url: '/remote/object/call',
    body: {
      objectPath: PLUGIN_OBJECT,
      functionName: PLUGIN_FUNCTION,
      parameters: { request_json: pluginRequest(name, token, takes) },
      generateTransaction: false,
    },
  } as const;
  const { clock } = remote;
  const start = clock.now();
  for (;;) {
    try {
      const body = await remote.request(request, { ...options, repeatable: CALLS[name].repeatable });
      return readAnswer(name, body, options.purpose);
    } catch (error) {
      const wait = reasonToWait(name, error);
      if (!wait) throw error;
      if (clock.now() - start + ASK_AGAIN_MS > pluginWaitMs) throw wait(options.purpose, error);
      await sleep(clock, ASK_AGAIN_MS, options.signal ?? signal);
    }
  }
}

type Outcome = (purpose: string, cause: unknown) => GaitwayError;

/** What passes by itself and did no harm: refusals that come before the plugin ran, and a greeting that was lost. */
function reasonToWait(name: CallName, error: unknown): Outcome | undefined {
  if (!(error instanceof GaitwayError)) return undefined;
  if (name === 'hello' && error.code === 'bridge/timeout') return () => error;
  const text = String(error.data.text ?? '');
  if (error.code === 'bridge/not-found' && text.includes(PLUGIN_OBJECT) && text.includes('does not exist'))
    return pluginMissing;
  if (text.includes('while saving or garbage collecting')) return editorBusy;
  return undefined;
}

const pluginMissing: Outcome = (purpose, cause) =>
  new GaitwayError(
    'bridge/plugin-missing',
    `The editor answers, but the Gaitway plugin in it does not, while ${purpose}. Run "gaitway init" in the project, tick ` +
      '"Gaitway" and "Python Editor Script Plugin" under Edit → Plugins, and restart the editor; its Output Log tells ' +
      'whether the plugin started (look for "Gaitway").',
    { object: PLUGIN_OBJECT, purpose },
    cause,
  );

const editorBusy: Outcome = (purpose, cause) =>
  new GaitwayError(
    'bridge/editor-busy',
    `The editor kept saving or collecting garbage and took no calls while ${purpose}. Wait until it is idle and run the ` +
      'command again.',
    { purpose },
    cause,
  );

function readAnswer<N extends CallName>(name: N, body: unknown, purpose: string): CallGives<N> {
  const returned = ReturnedText.safeParse(body);
  if (!returned.success) throw badAnswer(name, purpose, 'no text came back');
  const text = returned.data.ReturnValue;
  if (text === '') {
    // A Python exception that escapes becomes the default value: an empty text.
    throw new GaitwayError(
      'bridge/plugin-silent',
      `The plugin failed without a word while ${purpose}. The editor's Output Log (Window → Output Log, filter "LogPython") ` +
        'shows the Python error; please report it.',
      { call: name, purpose },
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badAnswer(name, purpose, 'the text is not JSON');
  }
  const answer = PluginAnswer.safeParse(json);
  if (!answer.success) throw badAnswer(name, purpose, 'it is neither a result nor an error');
  if (!answer.data.ok) {
    const { code, message, data } = answer.data.error;
    throw new GaitwayError(code, message, { ...data, call: name, purpose });
  }
  const result = CALLS[name].gives.safeParse(answer.data.result);
  if (result.success) return result.data as CallGives<N>;
  const places = result.error.issues.map((issue) => `${issue.path.join('.') || 'result'}: ${issue.message}`);
  throw badAnswer(name, purpose, places.slice(0, 3).join('; '));
}

function badAnswer(call: string, purpose: string, what: string): GaitwayError {
  return new GaitwayError(
    'bridge/bad-answer',
    `The plugin's answer to "${call}" cannot be read while ${purpose}: ${what}. Plugin and program may be of different ` +
      'versions; run "gaitway init" in the project and restart the editor.',
    { call, purpose },
  );
}
