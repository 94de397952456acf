import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GaitwayError } from '../errors.js';

/** A file of the built page, whole in memory. */
export interface AppFile {
  readonly bytes: Buffer;
  readonly type: string;
}

/** The same folder from src/ and from dist/: both lie two folders under the package. */
const APP_FOLDER = fileURLToPath(new URL('../../dist/preview/app/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The built page by URL path (`index.html`, `assets/main-….js`), read once.
 *
 * Requests are answered from this list alone, so no path of a request ever reaches the disk.
 *
 * @throws GaitwayError `preview/not-built` where the page has not been built.
 */
export async function readAppFiles(folder = APP_FOLDER): Promise<ReadonlyMap<string, AppFile>> {
  const files = new Map<string, AppFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), { bytes: await readFile(path), type });
  }
  if (!files.has('index.html')) {
    throw new GaitwayError(
      'preview/not-built',
      `The preview page is not at ${folder}; build it with "npm run build".`,
      { folder },
    );
  }
  return files;
}
