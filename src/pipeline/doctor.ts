import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { GaitwayError } from '../errors.js';
import { pluginVersion, projectPluginFolder, shippedPluginFolder } from './plugin-folder.js';
import { findProject, type Project } from './project.js';
import { readUProject } from './uproject.js';

/** One thing that was looked at, what was found, and what to click where it is not right. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly found: string;
  /** What to do; empty where all is well. */
  readonly cure: string;
}

export interface DoctorOptions {
  readonly folder: string;
  readonly nodeVersion: string;
  /** Overrides the port of `gaitway.json`. */
  readonly port?: number;
  /** Asks the open editor who it is; throws a GaitwayError whose sentence says what failed and what to do. */
  readonly askEditor: (port: number, project: Project | undefined) => Promise<string>;
  /** Names the engine that would train encoders here, and why. */
  readonly askTrainingEngine: () => Promise<string>;
}

const HTTP_PORT = 30010;
const ENGINE = '5.4';
const PORT_TIMEOUT_MS = 1_000;

const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found, cure: '' });
const wrong = (check: string, found: string, cure: string): Finding => ({
  check,
  state: 'wrong',
  found,
  cure,
});
const warning = (check: string, found: string, cure: string): Finding => ({
  check,
  state: 'warning',
  found,
  cure,
});

/** Looks at everything from Node to the editor's answer, in the order in which things depend on each other. */
export async function examine(options: DoctorOptions): Promise<Finding[]> {
  const findings = [
    checkNode(options.nodeVersion),
    await attempt('training engine', options.askTrainingEngine),
  ];
  const { project, finding } = checkProject(options.folder);
  findings.push(finding);
  if (project) findings.push(...checkProjectFiles(project));
  const port = options.port ?? project?.config.editor.port ?? 30020;
  const open = await isListening(port);
  findings.push(
    open
      ? ok('remote control', `something listens on 127.0.0.1:${port}`)
      : wrong(
          'remote control',
          `nothing listens on 127.0.0.1:${port}`,
          'Open the project in Unreal 5.4 with the Remote Control API plugin on; in its console, run WebControl.StartServer and WebControl.StartWebSocketServer.',
        ),
  );
  if (!open) return findings;
  findings.push(
    (await isListening(HTTP_PORT))
      ? ok('http server', `something listens on 127.0.0.1:${HTTP_PORT}`)
      : warning(
          'http server',
          `nothing listens on 127.0.0.1:${HTTP_PORT}`,
          'Unreal answers WebSocket calls through its HTTP server: run WebControl.StartServer in its console. (The stand-in editor needs none.)',
        ),
    await attempt('editor', () => options.askEditor(port, project)),
  );
  return findings;
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return good
    ? ok('node', version)
    : wrong('node', version, 'Install Node.js 20.19 or newer (22 and 24 work too).');
}

function checkProject(folder: string): { project?: Project; finding: Finding } {
  try {
    const project = findProject(folder);
    if (project) return { project, finding: ok('project', project.uproject) };
    const cure = 'Change to the folder of your Unreal project (the one with the .uproject).';
    return { finding: wrong('project', `no .uproject in ${folder} or above`, cure) };
  } catch (error) {
    return { finding: fromError('project', error) };
  }
}

function checkProjectFiles(project: Project): Finding[] {
  const findings: Finding[] = [];
  findings.push(
    project.configured
      ? ok('configuration', join(project.folder, 'gaitway.json'))
      : warning('configuration', 'no gaitway.json; the defaults are used', 'Run gaitway init.'),
  );
  try {
    const { engine, missingPlugins } = readUProject(project.uproject);
    findings.push(
      engine.startsWith(ENGINE)
        ? ok('engine version', engine)
        : warning(
            'engine version',
            engine || 'none named',
            `Gaitway is made for Unreal ${ENGINE}; other versions may lack calls that the plugin uses.`,
          ),
      missingPlugins.length === 0
        ? ok('plugins switched on', 'all that are needed')
        : wrong(
            'plugins switched on',
            `${missingPlugins.join(', ')} ${missingPlugins.length > 1 ? 'are' : 'is'} off`,
            `Run gaitway init, or tick ${missingPlugins.join(', ')} in Edit > Plugins, and restart the editor.`,
          ),
    );
  } catch (error) {
    findings.push(fromError('plugins switched on', error));
  }
  const [have, want] = [pluginVersion(projectPluginFolder(project)), pluginVersion(shippedPluginFolder())];
  findings.push(
    have === want
      ? ok('plugin version', have)
      : wrong(
          'plugin version',
          have ? `the project has ${have}, this Gaitway is ${want}` : 'the plugin is not in the project',
          'Run gaitway init, then restart the editor.',
        ),
    checkWriteAccess(project),
    checkBinding(project),
  );
  return findings;
}

function checkWriteAccess(project: Project): Finding {
  try {
    accessSync(project.folder, constants.W_OK);
    return ok('write access', project.folder);
  } catch {
    return wrong(
      'write access',
      `${project.folder} may not be written`,
      'Give yourself write access to the project folder.',
    );
  }
}

/** Unreal 5.4 binds the WebSocket server to 0.0.0.0 unless told otherwise. */
function checkBinding(project: Project): Finding {
  const file = join(project.folder, 'Config', 'DefaultRemoteControl.ini');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const bound = /^\s*RemoteControlWebsocketServerBindAddress\s*=\s*"?([^"\r\n]*)/m.exec(text)?.[1]?.trim();
  return bound === '127.0.0.1'
    ? ok('open to the network', 'no, bound to 127.0.0.1')
    : warning(
        'open to the network',
        bound ? `Remote Control binds ${bound}` : 'Remote Control binds every address by default',
        `Add to ${file}: [/Script/RemoteControlCommon.RemoteControlSettings] and RemoteControlWebsocketServerBindAddress=127.0.0.1`,
      );
}

function fromError(check: string, error: unknown): Finding {
  if (error instanceof GaitwayError) return wrong(check, error.message, '');
  throw error;
}

async function attempt(check: string, ask: () => Promise<string>): Promise<Finding> {
  try {
    return ok(check, await ask());
  } catch (error) {
    return fromError(check, error);
  }
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
