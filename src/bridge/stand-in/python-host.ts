import { fileURLToPath } from 'node:url';

/** What a person does with the mouse in the editor. */
export interface UserAction {
  /** Content paths of the assets that are selected from now on. */
  readonly select?: readonly string[];
  /** The folder that the content browser shows. */
  readonly folder?: string;
  /** Selects an actor in the level that plays an animation and is at that second. */
  readonly play?: { readonly asset: string; readonly seconds: number };
  /** Removes the actors of that label from the level. */
  readonly remove?: string;
  /** Clicks the line of a menu: the menu's name and what the line says. */
  readonly click?: readonly [menu: string, label: string];
}

/** Requests that `python/host.py` understands, without their `op`. */
export interface HostRequests {
  boot: {
    readonly project: string;
    readonly projectName: string;
    readonly engine: string;
    readonly plugin: string;
    readonly skeletons: readonly object[];
  };
  tick: { readonly seconds: number };
  call: {
    readonly object: string;
    readonly function: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  property: { readonly object: string; readonly property: string };
  inspect: object;
  fault: { readonly faults: Readonly<Record<string, unknown>> };
  user: UserAction;
  shut_down: object;
}

/** Where the plugin's Python runs; requests are answered one at a time, in order. */
export interface PythonHost {
  /** Where Python sees the two folders of the host machine. */
  readonly projectFolder: string;
  readonly pluginFolder: string;
  /** Sends one request as JSON text and gives the JSON text of its answer. */
  handle(request: string): Promise<string>;
  close(): Promise<void>;
}

/** Folders of the host machine. */
export interface HostFolders {
  readonly project: string;
  /** The plugin's `Content/Python`. */
  readonly plugin: string;
}

/** The stand-in `unreal` module and its host; the build copies them beside this file. */
export const PYTHON_FOLDER = fileURLToPath(new URL('./python', import.meta.url));
