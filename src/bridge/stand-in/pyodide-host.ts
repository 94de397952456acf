import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type HostFolders, PYTHON_FOLDER, type PythonHost } from './python-host.js';

/**
 * Runs Python 3.11 as WebAssembly inside this process, from files of the npm package alone.
 *
 * While Python works nothing else does, as on the game thread of an editor.
 */
export async function startPyodide(folders: HostFolders): Promise<PythonHost> {
  const { loadPyodide } = await import('pyodide');
  const indexURL = dirname(createRequire(import.meta.url).resolve('pyodide'));
  const python = await loadPyodide({ indexURL, stdout: () => {}, stderr: () => {} });
  const mount = (place: string, root: string): string => {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
    return place;
  };
  const here = mount('/stand-in', PYTHON_FOLDER);
  const projectFolder = mount('/project', folders.project);
  const pluginFolder = mount('/plugin', folders.plugin);
  python.runPython(`import sys\nsys.path.insert(0, ${JSON.stringify(here)})\nimport host`);
  const handle = python.runPython('host.handle') as (request: string) => string;
  return {
    projectFolder,
    pluginFolder,
    handle: async (request) => handle(request),
    close: async () => {},
  };
}
