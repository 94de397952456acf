/**
 * Learns from the training clips what tells one moment of motion from another, writes those numbers for every
 * clip, and scores them on clips that the training has not seen.
 *
 *   node samples/05-train-an-encoder.mjs [FOLDER]
 *
 * Run 01-generate-clips.mjs with the same folder before.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIPS, FOLDER, gaitway } from './gaitway.mjs';

const manifest = join(CLIPS, 'manifest.json');
const encoder = join(FOLDER, 'encoder');
const latents = join(FOLDER, 'latents');
const queries = join(FOLDER, 'query-latents');

// Closed form: seconds. `--encoder mlp` trains a network instead, which takes minutes.
const trained = gaitway('train', '--manifest', manifest, '--encoder', 'linear', '--out', encoder, '--force');
console.log(`${trained.dim} numbers a frame, from ${trained.clips} clips`);

// A database may know what comes next in its clips; a game that asks it may not, so queries are encoded apart.
const { files } = JSON.parse(readFileSync(manifest, 'utf8'));
const ofSplit = (split) => files.filter((file) => file.split === split).map(({ name }) => join(CLIPS, name));
gaitway('encode', ...ofSplit('train'), '--encoder', encoder, '--out', latents, '--force');
gaitway('encode', ...ofSplit('test'), '--queries', '--encoder', encoder, '--out', queries, '--force');

// How well does what follows the answer resemble what follows the query? Centimetres, over the coming second.
const scored = gaitway('evaluate', '--manifest', manifest, '--latents', latents, '--query-latents', queries);
for (const { method, dimension, fpe } of scored.retrieval.methods) {
  console.log(`${method.padEnd(28)} ${String(dimension || '').padStart(3)} ${fpe.toFixed(2)} cm`);
}
