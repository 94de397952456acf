import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Skeleton } from '../../clip/index.js';
import { positionToUe, rotationToUe, scaleToUe } from '../ue-space.js';
import type { Gate } from './answer-ask.js';
import { startCpython } from './cpython-host.js';
import { type Mood, openLife } from './editor-life.js';
import { type EditorLog, EditorPython, type Inspection } from './editor-python.js';
import { type Chaos, type Mischief, NO_MISCHIEF, seededMischief } from './mischief.js';
import { startPyodide } from './pyodide-host.js';
import type { UserAction } from './python-host.js';

/** A skeleton asset that the stand-in has, in canonical space. */
export interface StandInSkeleton {
  /** Content path, such as `/Game/Characters/Mannequins/Meshes/SK_Mannequin`. */
  readonly path: string;
  readonly skeleton: Skeleton;
  /** Content paths of meshes that stand for it. */
  readonly meshes?: readonly string[];
}

export interface StandInOptions extends Gate {
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
  /** Ticks in which whatever is sent is lost without a word, as at the very start of an editor. */
  readonly deafTicks?: number;
  /** A Python program to run the plugin in; pyodide by default. */
  readonly python?: string;
  /** What goes wrong on its own. */
  readonly chaos?: Chaos;
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
  /** Answers, but gives its Python no time between answers, so that jobs stay where they are until `resume`. */
  holdJobs(): void;
  /** Breaks all connections. */
  dropConnections(): void;
  /** What goes wrong on the way from now on, in place of what `chaos` asked for; nothing where it is left out. */
  misbehave(mischief?: Mischief): void;
  /** Tells something unasked, such as `{ Type: 'PresetFieldsChanged' }`, on all connections. */
  tell(event: Readonly<Record<string, unknown>>): void;
  /** Ends as a crash does, nothing saved, and starts anew on the same port after `downMs`. */
  restart(downMs: number): Promise<void>;
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
  await mkdir(options.projectFolder, { recursive: true });
  const periodMs = 1000 / (options.tickHz ?? 30);
  const mood: Mood = {
    paused: false,
    jobsHeld: false,
    mischief: options.chaos ? seededMischief(options.chaos, periodMs) : NO_MISCHIEF,
  };
  const open = (port: number) =>
    openLife({ ...options, port, periodMs }, mood, () => bootPython(options, options.log ?? (() => {})));
  let closed = false;
  let running = await open(options.port);
  const { port } = running;

  let restarting: Promise<void> | undefined;
  const restart = async (downMs: number): Promise<void> => {
    await running.end('crashed');
    await new Promise((resolve) => setTimeout(resolve, downMs));
    running = await open(port);
  };
  const lives = async (): Promise<void> => {
    for (;;) {
      await running.looping;
      if (!restarting) return;
      await restarting;
    }
  };
  const ended = lives();
  ended.catch(() => {});
  const restartOnce = (downMs: number): Promise<void> => {
    restarting ??= restart(downMs).finally(() => {
      restarting = undefined;
    });
    return restarting;
  };
  const { restartAfterS } = options.chaos ?? {};
  const timer =
    restartAfterS === undefined
      ? undefined
      : setTimeout(() => void restartOnce(RESTART_MS).catch(() => {}), 1000 * restartAfterS);

  return {
    port,
    address: `ws://127.0.0.1:${port}`,
    inspect: () => running.python.inspect(),
    fault: (faults) => running.python.fault(faults),
    user: (action) => running.python.user(action),
    pause() {
      mood.paused = true;
    },
    resume() {
      mood.paused = false;
      mood.jobsHeld = false;
    },
    holdJobs() {
      mood.jobsHeld = true;
    },
    dropConnections: () => running.sockets.drop(),
    misbehave(mischief = NO_MISCHIEF) {
      mood.mischief = mischief;
    },
    tell: (event) => running.sockets.tell(event),
    restart: restartOnce,
    ended,
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      await restarting?.catch(() => {});
      await running.end('closed');
    },
  };
}

/** How long an editor that restarts by itself is away. */
const RESTART_MS = 2_000;

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
