/** Writes what is generated from the code: the compiled kernels, schema/gaitway.schema.json, docs/protocol.md. Tests see that they are fresh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileKernels } from './compile-kernels.mjs';
import { protocolDocument } from './protocol-document.mjs';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

ensureInstalled();
mkdirSync(join(ROOT, 'src/kernels/generated'), { recursive: true });
for (const [file, text] of await compileKernels())
  writeFileSync(join(ROOT, 'src/kernels/generated', file), text);
ensureBuilt();
const { projectJsonSchema } = await import(pathToFileURL(join(ROOT, 'dist/pipeline/index.js')).href);
mkdirSync(join(ROOT, 'schema'), { recursive: true });
writeFileSync(join(ROOT, 'schema/gaitway.schema.json'), `${JSON.stringify(projectJsonSchema(), null, 2)}\n`);
const protocol = await import(pathToFileURL(join(ROOT, 'dist/bridge/protocol/index.js')).href);
writeFileSync(join(ROOT, 'docs/protocol.md'), protocolDocument(protocol));
