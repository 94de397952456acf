/** What the numbered samples share: where they write, and how they run a command of Gaitway. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Everything that the samples write goes here: the folder given on the command line, or out/samples. */
export const FOLDER = resolve(process.argv[2] ?? join(HERE, '../out/samples'));

/** The clips that 01-generate-clips.mjs writes. */
export const CLIPS = join(FOLDER, 'clips');

/** The command line of this build. */
export const COMMAND_LINE = join(HERE, '../dist/cli/main.js');

/**
 * Runs `gaitway ARGS… --json` and gives its answer.
 *
 * @throws where the command fails; it has said why on stderr.
 */
export function gaitway(...args) {
  const shown =
    args.length > 12 ? [...args.slice(0, 3), `… ${args.length - 9} more …`, ...args.slice(-6)] : args;
  console.log(`> gaitway ${shown.join(' ')}`);
  const { status, stdout, error } = spawnSync(process.execPath, [COMMAND_LINE, ...args, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`gaitway ${args[0]} ended with ${status}.`);
  return JSON.parse(stdout);
}
