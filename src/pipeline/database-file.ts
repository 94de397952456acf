import { readFile } from 'node:fs/promises';
import { GaitwayError } from '../errors.js';
import { decodeDatabase, type MotionDatabase } from '../motion/index.js';

/**
 * Opens a `.gwdb` file.
 *
 * @throws GaitwayError `database/unreadable` where there is no such file, and those of `decodeDatabase`.
 */
export async function openDatabase(path: string): Promise<MotionDatabase> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new GaitwayError(
      'database/unreadable',
      `The database ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause}); name a file that \`gaitway build\` wrote.`,
      { file: path },
      cause,
    );
  }
  return decodeDatabase(bytes, path);
}
