import { seededRandom } from '../../../dist/math/random.js';

/** How far a copy's clips are moved away from the originals, per number, in units of the normalised rows. */
const MOVED = 0.1;

/**
 * A database of exactly `frameCount` frames: all clips once, then copies of them until there are enough.
 *
 * Every clip of a copy is moved as a whole by a Gaussian offset, so frames that follow each other stay alike. Copies
 * are no real motion: they are denser than as much capture would be.
 */
export function grownDatabase({ layout, rateHz, normalisation, clips: real }, frameCount) {
  const { dimension } = layout;
  const random = seededRandom(7);
  const rows = new Float32Array(frameCount * dimension);
  const valid = new Uint8Array(frameCount);
  const clips = [];
  const offset = new Float32Array(dimension);
  for (let start = 0, k = 0; start < frameCount; k++) {
    const clip = real[k % real.length];
    const copy = Math.floor(k / real.length);
    for (let d = 0; d < dimension; d++) offset[d] = copy === 0 ? 0 : MOVED * random.normal();
    const length = Math.min(clip.frameCount, frameCount - start);
    for (let i = 0; i < length * dimension; i++) {
      rows[start * dimension + i] = clip.rows[i] + offset[i % dimension];
    }
    valid.set(clip.valid.subarray(0, length), start);
    clips.push({ name: clip.name, source: '', start, frameCount: length, mirrored: false, loops: false });
    start += length;
  }
  return {
    rateHz,
    dimension,
    frameCount,
    blocks: layout.blocks.map(({ name, offset, size }) => ({ name, channel: '', offset, size })),
    clips,
    rows,
    valid,
    mean: normalisation.mean,
    factor: normalisation.factor,
    tags: [],
    tagMask: new Uint32Array(frameCount),
    costBias: new Float32Array(frameCount),
    continuingBias: new Float32Array(frameCount).fill(Number.NaN),
    /** Frames of real motion among them; the others are moved copies. */
    realCount: Math.min(
      frameCount,
      real.reduce((sum, clip) => sum + clip.frameCount, 0),
    ),
  };
}
