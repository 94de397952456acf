/**
 * Learns from the training clips what tells one moment of motion from another, writes those numbers for every
 * clip, and scores them on clips that the training has not seen.
 *
 *   node samples/05-train-an-encoder.mjs [FOLDER]
 *
 * Run 01-generate-clips.mjs with the same folder before.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLIPS, FOLDER, gaitway } from './gaitway.mjs';

const manifest = join(CLIPS, 'manifest.json');
const encoder = join(FOLDER, 'encoder');
const latents = join(FOLDER, 'latents');

// Closed form: seconds. `--encoder mlp` trains a network instead, which takes minutes.
const trained = gaitway(
  'train',
  '--manifest',
  manifest,
  '--encoder',
  'linear',
  '--dim',
  '16',
  '--out',
  encoder,
  '--force',
);
console.log(`${trained.dim} numbers a frame, from ${trained.clips} clips`);

const clips = readdirSync(CLIPS).filter((name) => /\.(bvh|glb)$/.test(name));
gaitway(
  'encode',
  ...clips.map((name) => join(CLIPS, name)),
  '--encoder',
  encoder,
  '--out',
  latents,
  '--force',
);
console.log(`${latents}: ${clips.length} clips as .npy`);
