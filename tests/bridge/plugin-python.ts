import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPyodide } from 'pyodide';
import { PYTHON_FOLDER } from '../../src/bridge/stand-in/python-host.js';
import { PLUGIN } from './opened-stand-in.js';

export interface PluginPython {
  /** Runs statements; names stay. */
  run(code: string): void;
  /** The value of an expression as JSON would carry it. */
  value(expression: string): unknown;
  /** Name and words of the exception that statements end with. */
  fails(code: string): string;
  close(): void;
}

/** A Python with the plugin's package and the stand-in `unreal` module, without a server around it. */
export async function pluginPython(): Promise<PluginPython> {
  const python = await loadPyodide();
  const project = mkdtempSync(join(tmpdir(), 'gaitway-python-'));
  for (const [place, root] of [
    ['/stand-in', PYTHON_FOLDER],
    ['/plugin', PLUGIN],
    ['/project', project],
  ] as const) {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
  }
  python.runPython(`
import json, sys
sys.dont_write_bytecode = True
sys.path[:0] = ["/stand-in", "/plugin"]
def fails(code):
    try:
        exec(code, globals())
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
    return "no exception"
`);
  return {
    run: (code) => void python.runPython(code),
    value: (expression) => JSON.parse(python.runPython(`json.dumps(${expression})`) as string) as unknown,
    fails: (code) => python.runPython(`fails(${JSON.stringify(code)})`) as string,
    close: () => rmSync(project, { recursive: true, force: true }),
  };
}
