import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { GaitwayError } from '../errors.js';

/** A larger file cannot be held in one buffer on every machine. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The text of a file in UTF-8.
 *
 * @throws GaitwayError `file/missing`, `file/is-folder`, `file/unreadable`, `file/too-large`.
 */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

/** The bytes of a file, with errors that say what is wrong. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const fail = (code: string, what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(`file/${code}`, `${path}: ${what}`, { file: path }, cause);
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw fail('is-folder', 'this is a folder; a file is wanted.');
    if (facts.size > MOST_BYTES)
      throw fail('too-large', `the file has ${facts.size} bytes; at most ${MOST_BYTES} are read.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof GaitwayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw fail('missing', 'there is no such file; check the name and the folder you are in.', error);
    throw fail('unreadable', `the file cannot be read (${code ?? String(error)}).`, error);
  }
}

/** A file that another one refers to by a relative address. */
export async function readBeside(path: string, uri: string): Promise<Uint8Array> {
  const refuse = (): GaitwayError =>
    new GaitwayError(
      'file/outside-folder',
      `${path} refers to "${uri.slice(0, 200)}"; only files in its own folder are read.`,
      { file: path, uri },
    );
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) throw refuse();
  const folder = await realpath(resolve(dirname(path)));
  let decoded: string;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    decoded = uri;
  }
  const isInside = (target: string): boolean => {
    const way = relative(folder, target);
    return way !== '' && !way.startsWith('..') && !isAbsolute(way);
  };
  const target = resolve(folder, decoded);
  if (decoded.includes('\0') || !isInside(target)) throw refuse();
  const real = await realpath(target).catch(() => target);
  if (!isInside(real)) throw refuse();
  return readBytes(real);
}
