/** Good files to damage: written by our own writers, and real ones where ../shared lies beside the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bake, encodeClip, frameTime } from '../../dist/clip/index.js';
import { readScene, writeBvh, writeFbx, writeGlb } from '../../dist/formats/index.js';
import { makeLibrary, SCRIPTS } from '../../dist/samples/index.js';

const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
const SHARED = join(ROOT, '..', 'shared');
/** Bytes from which a file is drawn seldom, because reading it takes long. */
const LARGE = 300_000;
const SHORT_FRAMES = 8;
const FORMAT_OF_ENDING = {
  bvh: 'bvh',
  fbx: 'fbx',
  glb: 'gltf',
  gltf: 'gltf',
  vrm: 'gltf',
  vrma: 'gltf',
  gwclip: 'gwclip',
};

const formatOf = (name) => FORMAT_OF_ENDING[name.split('.').pop().toLowerCase()];

/** The files of a folder that are of a format, as `{name, bytes}`. */
function filesBelow(folder, format) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && formatOf(entry.name) === format)
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({
      name: path.slice(SHARED.length + 1).replaceAll('\\', '/'),
      bytes: readFileSync(path),
    }));
}

/** A BVH with its first rows only: thousands of short files find more than hundreds of long ones. */
function shortBvh({ name, bytes }) {
  const text = bytes.toString('latin1');
  const end = /Frame Time:.*\r?\n/.exec(text);
  if (!end) return { name, bytes };
  const rows = text
    .slice(end.index + end[0].length)
    .split('\n')
    .slice(0, SHORT_FRAMES);
  const head = text.slice(0, end.index + end[0].length).replace(/Frames:.*/, `Frames: ${rows.length}`);
  return { name, bytes: Buffer.from(`${head}${rows.join('\n')}\n`, 'latin1') };
}

/** Sample clips of both figures, cut to a few frames. */
async function cutClips() {
  const cut = [];
  const scripts = SCRIPTS.filter(({ name }) => name === 'walk_neutral' || name === 'jump');
  for (const { clip } of makeLibrary(1, scripts)) {
    const scene = await readScene((await writeGlb([clip])).bytes, { file: `${clip.name}.glb` });
    const end = (SHORT_FRAMES - 1) * frameTime(scene.takes[0].rate);
    cut.push({ ...bake(scene, { end }), name: clip.name });
  }
  return cut;
}

const WRITERS = {
  bvh: (clip) => writeBvh(clip),
  fbx: (clip) => writeFbx([clip]),
  gltf: (clip) => writeGlb([clip]),
  gwclip: (clip) => ({ bytes: encodeClip(clip) }),
};

/** The good files of a format, as `{name, bytes, large}`; the same on every run beside the same ../shared. */
export async function seedFiles(format) {
  const made = [];
  for (const clip of await cutClips())
    made.push({ name: `own ${clip.name}`, bytes: Buffer.from((await WRITERS[format](clip)).bytes) });
  const real = [
    ...filesBelow(join(SHARED, 'cases'), format),
    ...filesBelow(join(SHARED, 'data', format === 'gltf' ? 'gltf' : format), format),
  ];
  const short = format === 'bvh' ? real.map(shortBvh) : real;
  return [...made, ...short].map((file) => ({ ...file, large: file.bytes.length >= LARGE }));
}
