/** Writes what is generated from the code: the compiled kernels and schema/gaitway.schema.json. Tests see that they are fresh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileKernels, KERNELS } from './compile-kernels.mjs';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

ensureInstalled();
mkdirSync(join(ROOT, 'src/kernels/generated'), { recursive: true });
for (const folder of Object.keys(KERNELS))
  writeFileSync(join(ROOT, `src/kernels/generated/${folder}-wasm.ts`), await compileKernels(folder));
ensureBuilt();
const { projectJsonSchema } = await import(pathToFileURL(join(ROOT, 'dist/pipeline/index.js')).href);
mkdirSync(join(ROOT, 'schema'), { recursive: true });
writeFileSync(join(ROOT, 'schema/gaitway.schema.json'), `${JSON.stringify(projectJsonSchema(), null, 2)}\n`);
