import { seededRandom } from '../../../src/math/random.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';

export interface MadeDatabase {
  readonly clips?: number;
  readonly framesOfClip?: number;
  readonly blockSizes?: readonly number[];
  readonly seed?: number;
  /** Frames have tags, biases, and are not all valid. */
  readonly plain?: boolean;
  /** Rows hold whole numbers, so that equal costs occur. */
  readonly whole?: boolean;
}

export const MADE_TAGS = ['walk', 'run', 'crouch'] as const;

/** A database whose clips walk through the space of their rows. */
export function madeDatabase({
  clips = 12,
  framesOfClip = 60,
  blockSizes = [3, 2, 4],
  seed = 1,
  plain = false,
  whole = false,
}: MadeDatabase = {}): MotionDatabase {
  const random = seededRandom(seed);
  const frameCount = clips * framesOfClip;
  const dimension = blockSizes.reduce((a, b) => a + b, 0);
  const rows = new Float32Array(frameCount * dimension);
  for (let row = 0; row < frameCount; row++) {
    for (let k = 0; k < dimension; k++) {
      const last = row % framesOfClip === 0 ? 3 * random.normal() : rows[(row - 1) * dimension + k];
      const value = 0.97 * last + 0.4 * random.normal();
      rows[row * dimension + k] = whole ? Math.round(value) : value;
    }
  }
  const each = <T>(value: (row: number) => T): T[] =>
    Array.from({ length: frameCount }, (_, row) => value(row));
  // Tags and biases come in runs, as events give them.
  const runs = each((row) => Math.floor(row / 7)).map((run) => seededRandom(run).below(8));
  return {
    rateHz: 30,
    dimension,
    frameCount,
    content: { kind: 'latents', encoder: 'made', encoderHash: '' },
    blocks: blockSizes.map((size, b) => ({
      name: `block ${b}`,
      channel: 'latent',
      offset: blockSizes.slice(0, b).reduce((a, c) => a + c, 0),
      size,
    })),
    joints: [],
    roles: {},
    clips: Array.from({ length: clips }, (_, c) => ({
      name: `clip ${c}`,
      source: '',
      start: c * framesOfClip,
      firstFrame: 0,
      frameCount: framesOfClip,
      validCount: framesOfClip,
      hash: '',
      mirrored: false,
      loops: !plain && c % 3 === 1,
    })),
    rows,
    mean: new Float64Array(dimension),
    factor: new Float64Array(dimension).fill(1),
    valid: Uint8Array.from(each(() => (plain || random.below(6) > 0 ? 1 : random.below(2) * 2))),
    contacts: new Uint8Array(2 * frameCount),
    roots: new Float32Array(4 * frameCount),
    tags: plain ? [] : MADE_TAGS,
    tagMask: Uint32Array.from(runs, (run) => (plain ? 0 : run)),
    costBias: Float32Array.from(runs, (run) => (plain ? 0 : [0, 0, 0, -0.5, 2, 0, -1, 0.25][run])),
    continuingBias: Float32Array.from(runs, (run) => (plain || run < 5 ? Number.NaN : -0.75)),
  };
}
