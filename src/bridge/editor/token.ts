import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitwayError } from '../../errors.js';

/** Folder in a project that plugin and program share. */
export const sharedFolder = (projectFolder: string): string => join(projectFolder, 'Saved', 'Gaitway');

/**
 * The secret that the plugin wrote when the editor of that project started.
 *
 * @throws GaitwayError `bridge/no-token` where it did not.
 */
export async function readToken(projectFolder: string): Promise<string> {
  const file = join(sharedFolder(projectFolder), 'token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new GaitwayError(
      'bridge/no-token',
      `${file} is not there, so the plugin would not listen. Open this project in the editor with the Gaitway plugin ` +
        'switched on (run "gaitway init" once); the plugin writes the file when the editor starts.',
      { file },
      cause,
    );
  }
}
