import { join } from 'node:path';
import type { Project } from '../project.js';
import { type Finding, ok, warning, wrong } from './finding.js';
import { type IniReader, isYes, projectIni } from './unreal-ini.js';

const SECTION = '/Script/RemoteControlCommon.RemoteControlSettings';
const PAGE = 'Edit → Project Settings → Plugins → Remote Control';

/** What the project's files say of Remote Control; Unreal's own defaults where they are silent. */
export interface RemoteControlSettings {
  readonly httpPort: number;
  readonly webSocketPort: number;
}

export function readRemoteControlSettings(project: Project | undefined): RemoteControlSettings {
  const read: IniReader = project ? projectIni(project.folder, 'RemoteControl') : () => undefined;
  return {
    httpPort: Number(read(SECTION, 'RemoteControlHttpServerPort') ?? 30010),
    webSocketPort: Number(read(SECTION, 'RemoteControlWebSocketServerPort') ?? 30020),
  };
}

/** What the project's settings files say of the servers, their ports, who may call, and Python. */
export function checkSettings(project: Project, givenPort?: number): Finding[] {
  const read = projectIni(project.folder, 'RemoteControl');
  return [
    checkStart(read, projectIni(project.folder, 'Engine')),
    givenPort === undefined
      ? checkPort(readRemoteControlSettings(project).webSocketPort, project.config.editor.port)
      : ok('port', `${givenPort}, as asked for`),
    checkBinding(read, join(project.folder, 'Config', 'DefaultRemoteControl.ini')),
    checkPassphrase(read),
  ];
}

function checkStart(read: IniReader, engine: IniReader): Finding {
  const check = 'servers start';
  const off = [
    ['Auto Start Web Server', 'bAutoStartWebServer'] as const,
    ['Auto Start WebSocket Server', 'bAutoStartWebSocketServer'] as const,
  ].filter(([, key]) => !isYes(read(SECTION, key), true));
  if (off.length > 0) {
    const titles = off.map(([title]) => `"${title}"`).join(' and ');
    return wrong(
      check,
      `${off.map(([, key]) => key).join(', ')} off in the settings`,
      `Tick ${titles} in ${PAGE}.`,
    );
  }
  const onStartup = engine('ConsoleVariables', 'WebControl.EnableServerOnStartup');
  return isYes(onStartup, true)
    ? ok(check, 'both, with the editor')
    : wrong(
        check,
        `WebControl.EnableServerOnStartup=${onStartup} keeps them off`,
        'Take the line out of [ConsoleVariables] in Config/DefaultEngine.ini and restart the editor.',
      );
}

function checkPort(set: number, used: number): Finding {
  const check = 'port';
  if (set === used) return ok(check, String(used));
  return wrong(
    check,
    `the project's settings have the WebSocket on ${set}, Gaitway looks on ${used}`,
    `Write "editor": { "port": ${set} } into gaitway.json, or set "Remote Control WebSocket Server Port" in ${PAGE} to ${used}.`,
  );
}

/** Unreal 5.4 binds the WebSocket server to 0.0.0.0 unless told otherwise. */
function checkBinding(read: IniReader, file: string): Finding {
  const check = 'open to the network';
  const bound = read(SECTION, 'RemoteControlWebsocketServerBindAddress');
  if (bound === '127.0.0.1') return ok(check, 'no, bound to 127.0.0.1');
  return warning(
    check,
    bound ? `Remote Control binds ${bound}` : 'Remote Control binds every address by default',
    `Set "Remote Control WebSocket Server Bind Address" in ${PAGE} to 127.0.0.1, or run: gaitway doctor --bind-locally (it writes [${SECTION}] RemoteControlWebsocketServerBindAddress=127.0.0.1 into ${file}).`,
  );
}

/** Calls from this machine pass without; see the reference of 5.4.2's Remote Control settings. */
function checkPassphrase(read: IniReader): Finding {
  const isRestricted = isYes(read(SECTION, 'bRestrictServerAccess'), false);
  const enforced = isYes(read(SECTION, 'bEnforcePassphraseForRemoteClients'), true);
  return ok(
    'passphrase',
    isRestricted && enforced ? 'wanted of other machines, not of this one' : 'none is wanted',
  );
}
