import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';

const ENDINGS = new Set(['.bvh', '.fbx', '.glb', '.gltf', '.vrm', '.vrma', '.gwclip']);

/** A clip file, and the folder that was named and that it was found under. */
export interface InputFile {
  readonly file: string;
  readonly under?: string;
}

/**
 * The clip files that paths stand for: a folder for every one under it by its ending, in order of name, and
 * anything else for itself, whether it is there or not.
 *
 * Links to folders, and folders that begin with a dot or hold packages, are passed by; so is the folder `out`
 * that results go to, lest a second run takes the results of the first for inputs. A file is given once.
 */
export async function findInputs(paths: readonly string[], out?: string): Promise<InputFile[]> {
  const inputs = new Map<string, InputFile>();
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    const files = new Set<string>();
    if (isFolder) await addFolder(path, files, out === undefined ? undefined : resolve(out));
    else files.add(path);
    for (const file of files)
      if (!inputs.has(file)) inputs.set(file, { file, ...(isFolder && { under: path }) });
  }
  return [...inputs.values()];
}

/** The files alone, see `findInputs`. */
export async function listClipFiles(paths: readonly string[]): Promise<string[]> {
  return (await findInputs(paths)).map(({ file }) => file);
}

async function addFolder(folder: string, found: Set<string>, passedBy: string | undefined): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const isPassedBy =
        entry.name.startsWith('.') || entry.name === 'node_modules' || resolve(path) === passedBy;
      if (!isPassedBy) await addFolder(path, found, passedBy);
    } else if (ENDINGS.has(extname(entry.name).toLowerCase())) found.add(path);
  }
}
