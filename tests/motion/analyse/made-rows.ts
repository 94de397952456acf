import type { MotionDatabase } from '../../../src/motion/database/database.js';

/** A database whose rows are given number by number: one list of rows a clip, all usable, the root still. */
export function rowsDatabase(clips: readonly (readonly (readonly number[])[])[]): MotionDatabase {
  const dimension = clips[0][0].length;
  const all = clips.flat();
  const frameCount = all.length;
  let start = 0;
  return {
    rateHz: 10,
    dimension,
    frameCount,
    content: { kind: 'latents', encoder: 'made', encoderHash: '' },
    blocks: [{ name: 'latent', channel: 'latent', offset: 0, size: dimension }],
    joints: [],
    roles: {},
    clips: clips.map((rows, c) => {
      const clip = {
        name: `clip ${c}`,
        source: '',
        start,
        firstFrame: 0,
        frameCount: rows.length,
        validCount: rows.length,
        hash: '',
        mirrored: false,
        loops: false,
      };
      start += rows.length;
      return clip;
    }),
    rows: Float32Array.from(all.flat()),
    mean: new Float64Array(dimension),
    factor: new Float64Array(dimension).fill(1),
    valid: new Uint8Array(frameCount).fill(1),
    contacts: new Uint8Array(2 * frameCount),
    roots: Float32Array.from({ length: 4 * frameCount }, (_, k) => (k % 4 === 3 ? 1 : 0)),
    tags: [],
    tagMask: new Uint32Array(frameCount),
    costBias: new Float32Array(frameCount),
    continuingBias: new Float32Array(frameCount).fill(Number.NaN),
  };
}

/** Rows on a straight line from `from`, one step apart, in the plane. */
export const line = (count: number, from: readonly [number, number], step: readonly [number, number]) =>
  Array.from({ length: count }, (_, k) => [from[0] + k * step[0], from[1] + k * step[1]]);
