import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { GaitwayError } from '../errors.js';

export interface WriteOptions {
  /** Replaces a file that is there. */
  readonly force?: boolean;
}

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed, then renamed.
 *
 * Missing folders are made.
 *
 * @throws GaitwayError `file/exists` without `force`, `file/is-folder`, `file/unwritable`.
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array | string,
  { force = false }: WriteOptions = {},
): Promise<void> {
  await refuseToOverwrite(path, force);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await refuseToOverwrite(path, force);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof GaitwayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new GaitwayError(
      'file/unwritable',
      `${path} cannot be written (${code ?? String(error)}); nothing was changed.`,
      { file: path },
      error,
    );
  }
}

/**
 * Refuses a path that `writeFileAtomic` would refuse, for those who would rather know before they begin.
 *
 * @throws GaitwayError `file/exists` without `force`, `file/is-folder`.
 */
export async function refuseToOverwrite(path: string, force: boolean): Promise<void> {
  const facts = await lstat(path).catch(() => undefined);
  if (facts?.isDirectory()) {
    throw new GaitwayError('file/is-folder', `${path} is a folder; the name of a file is wanted.`, {
      file: path,
    });
  }
  if (facts && !force) {
    throw new GaitwayError(
      'file/exists',
      `${path} is there already; name another file, or give --force to replace it.`,
      { file: path },
    );
  }
}
