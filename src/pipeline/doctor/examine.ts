import { chooseEngine } from '../../motion/index.js';
import { findProject, type Project } from '../project.js';
import { checkEditor } from './check-editor.js';
import { checkFiles } from './check-files.js';
import { checkSettings, readRemoteControlSettings } from './check-settings.js';
import { attempt, type Finding, ok, wrong } from './finding.js';

export interface DoctorOptions {
  readonly folder: string;
  readonly nodeVersion: string;
  /** Overrides the port of `gaitway.json`. */
  readonly port?: number;
  readonly signal?: AbortSignal;
}

/** Looks at everything from Node to the editor's answer, in the order in which things depend on each other. */
export async function examine({
  folder,
  nodeVersion,
  port: given,
  signal,
}: DoctorOptions): Promise<Finding[]> {
  let project: Project | undefined;
  const findings = [
    checkNode(nodeVersion),
    await attempt('training engine', async () => ok('training engine', (await chooseEngine('auto')).why)),
    await attempt('project', () => {
      project = findProject(folder);
      if (project) return ok('project', project.uproject);
      const cure =
        'Change to the folder of your Unreal project (the one with the .uproject), or name it with --project.';
      return wrong('project', `no .uproject in ${folder} or above`, cure);
    }),
  ];
  const settings = readRemoteControlSettings(project);
  const port = given ?? project?.config.editor.port ?? settings.webSocketPort;
  if (project) findings.push(...(await checkFiles(project)), ...checkSettings(project, given));
  findings.push(...(await checkEditor({ webSocket: port, http: settings.httpPort }, project, signal)));
  return findings;
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return good
    ? ok('node', version)
    : wrong('node', version, 'Install Node.js 20.19 or newer (22 and 24 work too).');
}
