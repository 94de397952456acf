import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GaitwayError } from '../../errors.js';
import { type HostFolders, PYTHON_FOLDER, type PythonHost } from './python-host.js';

/**
 * Runs the plugin in a Python of this machine, as a child process that is asked over its standard input.
 *
 * @throws GaitwayError `bridge/no-python` where the program cannot be started.
 */
export async function startCpython(program: string, folders: HostFolders): Promise<PythonHost> {
  const child = spawn(program, ['-u', join(PYTHON_FOLDER, 'host.py')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  const waiting: { resolve(answer: string): void; reject(error: Error): void }[] = [];
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      const error = new GaitwayError(
        'bridge/no-python',
        `Python cannot be started as "${program}" (${cause.message}); give the path of a Python 3.11, or leave --python out.`,
        { program },
        cause,
      );
      end(error);
      reject(error);
    });
  });
  child.once('close', (code) => end(new Error(`Python ended with code ${code}`)));
  child.stdin.on('error', end);
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  await started;
  return {
    projectFolder: folders.project,
    pluginFolder: folders.plugin,
    handle: (request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin.write(`${request}\n`);
      }),
    async close() {
      child.stdin.end();
      await gone;
    },
  };
}
