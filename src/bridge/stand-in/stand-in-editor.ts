import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Skeleton } from '../../clip/index.js';
import { positionToUe, rotationToUe, scaleToUe } from '../ue-space.js';
import { startCpython } from './cpython-host.js';
import { type EditorLog, EditorPython, type Inspection } from './editor-python.js';
import { startPyodide } from './pyodide-host.js';
import type { UserAction } from './python-host.js';
import { answerRoute } from './routes.js';
import { type Ask, SocketServer } from './socket-server.js';

/** A skeleton asset that the stand-in has, in canonical space. */
export interface StandInSkeleton {
  /** Content path, such as `/Game/Characters/Mannequins/Meshes/SK_Mannequin`. */
  readonly path: string;
  readonly skeleton: Skeleton;
  /** Content paths of meshes that stand for it. */
  readonly meshes?: readonly string[];
}

export interface StandInOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of the project; `Saved/GaitwayStandIn` in it keeps the pushed animations. */
  readonly projectFolder: string;
  /** `Content/Python` of the plugin to run. */
  readonly pluginPython: string;
  readonly skeletons: readonly StandInSkeleton[];
  /** Ticks a second; an Unreal editor makes 30 to 120, about 3 in the background. */
  readonly tickHz?: number;
  /** Ticks before the plugin starts, as while an editor loads. */
  readonly ticksBeforePlugin?: number;
  /** A Python program to run the plugin in; pyodide by default. */
  readonly python?: string;
  readonly log?: EditorLog;
}

export interface StandInEditor {
  readonly port: number;
  readonly address: string;
  inspect(): Promise<Inspection>;
  /** Makes something fail from now on: `{ refuse_bone: name, refuse_save: path }`; `{}` ends it. */
  fault(faults: Readonly<Record<string, unknown>>): Promise<void>;
  /** Does what a person would do with the mouse. */
  user(action: UserAction): Promise<void>;
  /** Stops ticking, as an editor with an open dialog does. */
  pause(): void;
  resume(): void;
  /** Breaks all connections. */
  dropConnections(): void;
  /** Settles when the stand-in has ended: fulfilled by `close`, rejected where its Python failed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** What the stand-in says where an editor tells its version. */
const ENGINE = '5.4.2-gaitway-stand-in';

/**
 * Starts a WebSocket server that stands in for an open Unreal editor: it speaks Remote Control as the editor
 * does and runs the real plugin against a stand-in `unreal` module. It is not Unreal and shows nothing.
 *
 * @throws GaitwayError `bridge/port-taken`, `bridge/no-python`.
 */
export async function startStandIn(options: StandInOptions): Promise<StandInEditor> {
  const { projectFolder, log = () => {}, ticksBeforePlugin = 0 } = options;
  await mkdir(projectFolder, { recursive: true });
  const sockets = await SocketServer.listen(options.port);
  const python = await bootPython(options, log).catch(async (error) => {
    await sockets.close();
    throw error;
  });
  const periodMs = 1000 / (options.tickHz ?? 30);
  let ticks = 0;
  let paused = false;
  let closed = false;

  const answer = async ({ requestId, verb, url, body }: Ask): Promise<string> => {
    const { status, body: text } = await answerRoute(python, verb, url, body);
    return `{"RequestId":${requestId},"ResponseCode":${status},"ResponseBody":${text}}`;
  };
  const tick = async (): Promise<void> => {
    await sockets.tick(answer);
    if (ticks++ >= ticksBeforePlugin) await python.tick(periodMs / 1000);
  };
  const run = async (): Promise<void> => {
    while (!closed) {
      const start = performance.now();
      if (!paused) await tick();
      const rest = Math.max(0, start + periodMs - performance.now());
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  };
  const ended = run();
  // Whoever waits for `ended` hears of a failure; nobody has to.
  ended.catch(() => {});

  return {
    port: sockets.port,
    address: `ws://127.0.0.1:${sockets.port}`,
    inspect: () => python.inspect(),
    fault: (faults) => python.fault(faults),
    user: (action) => python.user(action),
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
    dropConnections: () => sockets.drop(),
    ended,
    async close() {
      if (closed) return;
      closed = true;
      await sockets.close();
      await ended.catch(() => {});
      await python.close();
    },
  };
}

async function bootPython(options: StandInOptions, log: EditorLog): Promise<EditorPython> {
  const folders = { project: options.projectFolder, plugin: options.pluginPython };
  const host = options.python ? await startCpython(options.python, folders) : await startPyodide(folders);
  const python = new EditorPython(host, log);
  await python.boot({
    projectName: basename(options.projectFolder),
    engine: ENGINE,
    skeletons: options.skeletons.map(({ path, skeleton, meshes = [] }) => ({
      path,
      meshes,
      bones: skeleton.joints.map((joint) => ({
        name: joint.name,
        parent: joint.parent,
        translation: positionToUe(joint.restTranslation),
        rotation: rotationToUe(joint.restRotation),
        scale: scaleToUe(joint.restScale),
      })),
    })),
  });
  return python;
}
