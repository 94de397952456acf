import { connect } from 'node:net';
import { type CallGives, connectEditor, type EditorSession, readToken } from '../../bridge/index.js';
import { pluginVersion, shippedPluginFolder } from '../plugin-folder.js';
import type { Project } from '../project.js';
import { ENGINE, isOurEngine } from './check-files.js';
import { attempt, type Finding, ok, warning, wrong } from './finding.js';

export interface EditorPorts {
  readonly webSocket: number;
  readonly http: number;
}

const PORT_TIMEOUT_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;
const PYTHON = '3.11';

/** Asks the open editor, in the order in which things depend on each other; stops at what makes the rest pointless. */
export async function checkEditor(
  ports: EditorPorts,
  project?: Project,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const findings = [await checkWebSocket(ports.webSocket)];
  if (findings[0].state === 'wrong') return findings;
  const options = {
    port: ports.webSocket,
    pluginWaitMs: ANSWER_WITHIN_MS,
    timeoutMs: ANSWER_WITHIN_MS,
    ...(signal && { signal }),
    ...(project && { token: () => readToken(project.folder) }),
  };
  let session: EditorSession | undefined;
  const opened = await attempt('editor answers', async () => {
    session = await connectEditor(options);
    await session.remote.request(
      { verb: 'GET', url: '/remote/info' },
      { purpose: 'asking what the editor offers' },
    );
    return ok('editor answers', `over ws://127.0.0.1:${ports.webSocket}`);
  });
  try {
    findings.push(await checkHttp(ports.http, opened.state === 'ok'), opened);
    if (session && opened.state === 'ok') findings.push(...(await checkPlugin(session, project)));
    return findings;
  } finally {
    session?.close();
  }
}

async function checkWebSocket(port: number): Promise<Finding> {
  if (await isListening(port)) return ok('remote control', `something listens on 127.0.0.1:${port}`);
  return wrong(
    'remote control',
    `nothing listens on 127.0.0.1:${port}`,
    'Open the project in Unreal 5.4 with "Remote Control API" ticked under Edit → Plugins. Is it open? Type WebControl.StartServer and ' +
      'WebControl.StartWebSocketServer into its console (Window → Output Log, the field at the bottom). Without Unreal: gaitway editor.',
  );
}

/** The WebSocket's calls go through the editor's HTTP routes, so both servers have to run. */
async function checkHttp(port: number, answers: boolean): Promise<Finding> {
  const check = 'http server';
  if (await isListening(port)) return ok(check, `something listens on 127.0.0.1:${port}`);
  const found = `nothing listens on 127.0.0.1:${port}`;
  const cure =
    'Type WebControl.StartServer into the console of the editor (Window → Output Log, the field at the bottom).';
  // The stand-in editor answers without one.
  return answers
    ? warning(check, `${found}, though calls are answered`, `Only where calls fail: ${cure}`)
    : wrong(check, found, cure);
}

async function checkPlugin(session: EditorSession, project: Project | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  findings.push(
    await attempt('plugin answers', async () => {
      const { plugin, engine, project: open } = await session.hello();
      findings.push(
        isOurEngine(engine.split('-')[0] ?? '')
          ? ok('open engine', engine)
          : warning(
              'open engine',
              engine,
              `Gaitway is made for Unreal ${ENGINE}; other versions may lack calls.`,
            ),
      );
      const ships = pluginVersion(shippedPluginFolder());
      return plugin === ships
        ? ok('plugin answers', `${plugin}, project ${open}`)
        : wrong(
            'plugin answers',
            `${plugin} runs in the editor, this Gaitway is ${ships}`,
            'Run gaitway init in the project that is open, and restart the editor.',
          );
    }),
  );
  const answered = findings.some(({ check, state }) => check === 'plugin answers' && state === 'ok');
  if (!answered || !project) return findings;
  findings.push(
    await attempt('same project', async () => {
      const can = await session.capabilities();
      findings.push(...fromCapabilities(can));
      return ok('same project', `the open editor knows the secret of ${project.folder}`);
    }),
  );
  return findings;
}

function fromCapabilities(can: CallGives<'capabilities'>): Finding[] {
  return [
    can.python.startsWith(PYTHON)
      ? ok('python', can.python)
      : warning(
          'python',
          can.python,
          `Unreal ${ENGINE} comes with Python ${PYTHON}; the plugin is made for that.`,
        ),
    ok(
      'background throttle',
      can.throttleWhenUnfocused
        ? 'on; switched off while Gaitway works, and given back (Edit → Editor Preferences → General → Performance → Use Less CPU when in Background)'
        : 'off',
    ),
    ...can.missing.map((sentence) => {
      const [found = sentence, cure = ''] = sentence.split('; ');
      return warning('editor lacks', found, cure || 'Tick it under Edit → Plugins and restart the editor.');
    }),
  ];
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(PORT_TIMEOUT_MS, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
