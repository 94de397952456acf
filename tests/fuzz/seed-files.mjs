import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { encodeClip, makeRate } from '../../dist/clip/index.js';
import { writeBvh, writeFbx, writeGlb } from '../../dist/formats/index.js';
import { seededRandom } from '../../dist/math/random.js';
import { FORMATS } from './formats.mjs';

const ROOT = new URL('../..', import.meta.url);
/** Where real files lie, when they lie beside the checkout. */
const FOLDERS = ['../shared/cases/', '../shared/data/bvh/', '../shared/data/fbx/', '../shared/data/gltf/'];
/** Larger files are taken rarely, as they slow everything down. */
const SMALL = 400_000;
const LARGEST = 4_000_000;
const KEPT_ROWS = 12;

/** The undamaged files of a format: written by ourselves, and real ones where there are any. */
export async function seedFiles(format) {
  const { endings } = FORMATS[format];
  const seeds = await writtenBySelf(format);
  for (const folder of FOLDERS) {
    const path = new URL(folder, ROOT);
    if (!existsSync(path)) continue;
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !endings.includes(extname(entry.name).toLowerCase())) continue;
      const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
      if (bytes.length <= LARGEST) seeds.push({ name: entry.name, bytes: shortened(bytes, format) });
    }
  }
  seeds.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    small: seeds.filter(({ bytes }) => bytes.length <= SMALL),
    large: seeds.filter(({ bytes }) => bytes.length > SMALL),
  };
}

/** BVH is mostly rows; the first few do as well. */
function shortened(bytes, format) {
  if (format !== 'bvh') return bytes;
  const text = bytes.toString('latin1');
  const motion = text.search(/MOTION/i);
  if (motion < 0) return bytes;
  return Buffer.from(
    text.slice(0, motion) +
      text
        .slice(motion)
        .split('\n')
        .slice(0, 3 + KEPT_ROWS)
        .join('\n'),
    'latin1',
  );
}

async function writtenBySelf(format) {
  const seeds = [];
  for (const [joints, frames] of [
    [1, 1],
    [4, 6],
    [24, 10],
  ]) {
    const clip = madeClip(joints, frames);
    const name = `made-${joints}-${frames}`;
    if (format === 'bvh') seeds.push({ name, bytes: writeBvh(clip).bytes });
    if (format === 'fbx') {
      seeds.push({ name, bytes: writeFbx([clip]).bytes });
      seeds.push({
        name: `${name}-bare`,
        bytes: writeFbx([clip, clip], { mesh: false, axes: 'y-up' }).bytes,
      });
    }
    if (format === 'gltf')
      seeds.push({ name, bytes: (await writeGlb([clip, { ...clip, name: 'other' }])).bytes });
    if (format === 'gwclip') seeds.push({ name, bytes: encodeClip(clip) });
  }
  return seeds;
}

/** A chain of joints that wave. */
function madeClip(jointCount, frameCount) {
  const random = seededRandom(jointCount);
  const rotations = new Float64Array(4 * jointCount * frameCount);
  const translations = new Float64Array(3 * jointCount * frameCount);
  for (let i = 0; i < jointCount * frameCount; i++) {
    const angle = random.uniform();
    rotations[4 * i + (i % 3)] = Math.sin(angle);
    rotations[4 * i + 3] = Math.cos(angle);
    translations[3 * i + 1] = 0.1;
  }
  return {
    name: 'wave',
    skeleton: {
      joints: Array.from({ length: jointCount }, (_, j) => ({
        name: `joint ${j} ü:${j}`,
        parent: j - 1 - (j % 5 === 4 ? 1 : 0),
        restTranslation: [0, 0.1, 0],
        restRotation: [0, 0, 0, 1],
        restScale: [1, 1, 1],
        sourceName: `joint ${j}`,
      })),
    },
    rate: makeRate(30),
    frameCount,
    rotations,
    translations,
    curves: [{ name: 'smile', values: Float64Array.from({ length: frameCount }, () => random.uniform()) }],
    events: [{ name: 'step', time: 0, duration: 0 }],
    attributes: [{ joint: 'joint 0 ü:0', name: 'mass', value: 4.5 }],
    source: {
      file: '',
      format: 'none',
      take: '',
      unitMetres: 1,
      axes: 'Y up',
      rate: makeRate(30),
      guesses: [],
    },
    warnings: [],
  };
}
