#!/usr/bin/env node
/**
 * Writes the sample clips: walking figures on two skeletons, with a manifest.
 *
 *   node samples/generate.mjs --out DIR [--seed 1] [--force]
 *
 * Needs a build (`npm run build`). The same seed writes the same bytes.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { libraryFiles } from '../dist/samples/index.js';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    force: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
if (!values.out || !Number.isInteger(seed)) {
  console.error('usage: node samples/generate.mjs --out DIR [--seed WHOLE_NUMBER] [--force]');
  process.exit(2);
}
const folder = resolve(values.out);
if (existsSync(join(folder, 'manifest.json')) && !values.force) {
  console.error(`${folder} holds a library already; choose another folder, or write over it with --force.`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
let count = 0;
// The manifest comes last: a folder without one was not finished.
for await (const { name, bytes } of libraryFiles(seed)) {
  const path = join(folder, name);
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
  count++;
}
console.log(`${folder}: ${count - 1} clips and manifest.json`);
