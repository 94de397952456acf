import { existsSync, readdirSync } from 'node:fs';
import { GaitwayError } from '../errors.js';

/**
 * Sees that a folder is new, empty, or holds what training wrote there before, the trained thing itself only with `force`.
 *
 * @param own Names of the files that training writes; the first is the trained thing.
 * @param noun What is trained: `an encoder`.
 * @throws GaitwayError `train/foreign-folder`, `file/exists`.
 */
export function refuseForeignFolder(
  folder: string,
  own: readonly string[],
  noun: string,
  force: boolean,
): void {
  if (!existsSync(folder)) return;
  const there = readdirSync(folder);
  const foreign = there.find((name) => !own.includes(name) && !name.startsWith('.'));
  if (foreign !== undefined) {
    throw new GaitwayError(
      'train/foreign-folder',
      `${folder} holds "${foreign}", which is no part of ${noun}; name a new or empty folder with --out.`,
      { folder, file: foreign },
    );
  }
  if (there.includes(own[0]) && !force) {
    throw new GaitwayError(
      'file/exists',
      `${folder} holds ${noun} already; use --force to replace it, or another --out folder.`,
      { folder },
    );
  }
}
