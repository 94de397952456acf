/** Files to measure with: real ones where ../shared lies beside the checkout, and ones made here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
const REAL = join(ROOT, '..', 'shared', 'data');

/** A real file as `{name, bytes}`; without `bytes` where it is not there. */
export function realFile(path) {
  const full = join(REAL, ...path.split('/'));
  return existsSync(full) ? { name: path, bytes: readFileSync(full) } : { name: path };
}

/** The walk of the sample library that `name` tells, as a clip. */
export async function sampleClip(name = 'tall_walk_neutral') {
  const { makeLibrary } = await import('../../../dist/samples/index.js');
  for (const { clip } of makeLibrary(1)) if (clip.name === name) return clip;
  throw new Error(`There is no sample "${name}".`);
}

/** A BVH file of about `megabytes`, made by repeating the rows of another one. */
export function longBvh(bytes, megabytes) {
  const text = new TextDecoder().decode(bytes).replaceAll('\r', '');
  const { index, 0: line } = /Frame Time:.*\n/.exec(text);
  const head = text.slice(0, index + line.length);
  const rows = `${text.slice(head.length).trim()}\n`;
  const times = Math.max(1, Math.round((megabytes * 1e6) / rows.length));
  const frames = (rows.split('\n').length - 1) * times;
  return new TextEncoder().encode(head.replace(/Frames:.*/, `Frames: ${frames}`) + rows.repeat(times));
}
