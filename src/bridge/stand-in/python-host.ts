import { fileURLToPath } from 'node:url';

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
  inspect: object;
  fault: { readonly faults: Readonly<Record<string, unknown>> };
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
