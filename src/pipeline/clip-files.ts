import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

const ENDINGS = new Set(['.bvh', '.fbx', '.glb', '.gltf', '.vrm', '.vrma', '.gwclip']);

/**
 * The clip files that paths stand for: a folder for every one under it by its ending, in order of name, and
 * anything else for itself, whether it is there or not.
 *
 * Links to folders, and folders that begin with a dot or hold packages, are passed by; a file is given once.
 */
export async function listClipFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (isFolder) await addFolder(path, found);
    else found.add(path);
  }
  return [...found];
}

async function addFolder(folder: string, found: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') await addFolder(path, found);
    } else if (ENDINGS.has(extname(entry.name).toLowerCase())) found.add(path);
  }
}
