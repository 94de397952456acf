import { join } from 'node:path';
import type { FeatureSchema } from '../motion/index.js';
import { CONFIG_FILE, type Project, readProjectJson } from './project.js';
import { writeFileAtomic } from './write-file.js';

/**
 * Writes a feature schema into a project's `gaitway.json`, as the one that commands take from now on; gives the file.
 *
 * All else that the file says stays as it is; where there is none it is made.
 */
export async function saveSchema(project: Project, schema: FeatureSchema): Promise<string> {
  const file = join(project.folder, CONFIG_FILE);
  const said = project.configured ? readProjectJson(file) : {};
  const text = `${JSON.stringify({ ...(said as object), schema }, null, 2)}\n`;
  await writeFileAtomic(file, text, { force: true });
  return file;
}
