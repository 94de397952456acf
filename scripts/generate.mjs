/** Writes what is generated from the code: schema/gaitway.schema.json. A test sees that it is fresh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

ensureInstalled();
ensureBuilt();
const { projectJsonSchema } = await import(pathToFileURL(join(ROOT, 'dist/pipeline/index.js')).href);
mkdirSync(join(ROOT, 'schema'), { recursive: true });
writeFileSync(join(ROOT, 'schema/gaitway.schema.json'), `${JSON.stringify(projectJsonSchema(), null, 2)}\n`);
