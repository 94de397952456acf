import { symmetricEigen } from '../../math/symmetric-eigen.js';
import type { MotionTrack } from '../features/motion-track.js';
import { jointColumns } from './inputs.js';
import { gramMatrix, transpose } from './products.js';
import { type Block, fitScaling, type Rows, type Scaling, scaledRows, sizeOfBlocks } from './rows.js';
import { writePose, writeVelocity } from './seen-from-root.js';

/** Seconds ahead of the poses that make up the future. */
const FUTURE = [1, 2, 3, 4, 5, 6].map((sixth) => sixth / 6);
/** How much pose and velocity at the match count beside the future, where nothing is said. */
const JUMP_WEIGHT = 0.5;
const COMPONENTS = 64;
/** Enough rows for 500 columns' covariance; more would cost seconds and change nothing. */
const MOST_COVARIANCE_ROWS = 10_000;

/**
 * The space in which two moments are called alike: what the body does now and in the second ahead.
 *
 * | array        | shape                | meaning                                          |
 * | ------------ | -------------------- | ------------------------------------------------ |
 * | `scaling`    | [size]               | of the raw row `writeTarget` makes               |
 * | `components` | [size, componentCount] | principal directions of scaled rows, in columns |
 */
export interface TargetSpace {
  readonly scaling: Scaling;
  readonly components: Float64Array;
  readonly componentCount: number;
}

/** The columns of a target row, in order. @param jumpWeight Of the present, whose difference is the jump at a match. */
export function targetBlocks(jointCount: number, jumpWeight = JUMP_WEIGHT): Block[] {
  const pose = 3 * jointCount;
  return [
    { name: 'pose', size: pose, weight: jumpWeight },
    { name: 'velocity', size: pose, weight: jumpWeight },
    { name: 'future', size: FUTURE.length * pose, weight: 1 },
  ];
}

/** What each number of a target row is, in order. */
export const targetColumns = (roles: readonly string[]): string[] => [
  ...jointColumns('pose', roles),
  ...jointColumns('velocity', roles),
  ...FUTURE.flatMap((seconds) => jointColumns(`pose ${seconds.toFixed(3)} s ahead`, roles)),
];

/**
 * Writes pose, velocity, and the poses every 1/6 s up to 1 s ahead, all seen from the root of `frame`, to `out[0 …]`.
 *
 * A future beyond the clip's end is held at its last pose.
 */
export function writeTarget(track: MotionTrack, frame: number, out: Float64Array): void {
  const width = 3 * track.roles.length;
  writePose(track, frame, 0, out, 0);
  writeVelocity(track, frame, out, width);
  FUTURE.forEach((seconds, k) => {
    writePose(track, frame, seconds, out, (2 + k) * width);
  });
}

/** Learns the scaling and the 64 principal components (fewer where the rows are shorter) of raw target rows. */
export function fitTargets(raw: Rows, jointCount: number, jumpWeight = JUMP_WEIGHT): TargetSpace {
  const blocks = targetBlocks(jointCount, jumpWeight);
  const scaling = fitScaling(raw, blocks);
  const stride = Math.max(1, Math.floor(raw.count / MOST_COVARIANCE_ROWS));
  const size = sizeOfBlocks(blocks);
  const { vectors } = symmetricEigen(gramMatrix(scaledRows(raw, scaling), stride), size);
  const componentCount = Math.min(COMPONENTS, size);
  return {
    scaling,
    components: transpose(vectors.subarray(0, componentCount * size), componentCount, size),
    componentCount,
  };
}

/** Raw target rows seen through the space: [componentCount] numbers a row. */
export function projectedRows(raw: Rows, { scaling, components, componentCount }: TargetSpace): Rows {
  const scaled = scaledRows(raw, scaling);
  const row = new Float64Array(raw.size);
  return {
    count: raw.count,
    size: componentCount,
    read(index, out) {
      scaled.read(index, row);
      out.fill(0, 0, componentCount);
      for (let j = 0; j < row.length; j++) {
        const value = row[j];
        if (value === 0) continue;
        const at = j * componentCount;
        for (let k = 0; k < componentCount; k++) out[k] += value * components[at + k];
      }
    },
  };
}

/**
 * A function that tells how far answers lie from the truth, both [count, componentCount]: the root mean square over
 * joints and the coming second, in centimetres. What the components leave out is not counted.
 */
export function centimetreError(
  { components, componentCount, scaling }: TargetSpace,
  jointCount: number,
): (answers: Float32Array, truth: Float32Array) => number {
  const size = scaling.scale.length;
  const from = 6 * jointCount;
  // err² in metres is dᵀ M d for a difference d of components: M sums the future's columns, unscaled.
  const metric = new Float64Array(componentCount * componentCount);
  for (let j = from; j < size; j++) {
    const unscale = scaling.scale[j] > 0 ? 1 / scaling.scale[j] ** 2 : 0;
    for (let a = 0; a < componentCount; a++)
      for (let b = 0; b < componentCount; b++)
        metric[a * componentCount + b] +=
          components[j * componentCount + a] * components[j * componentCount + b] * unscale;
  }
  const d = new Float64Array(componentCount);
  return (answers, truth) => {
    const count = truth.length / componentCount;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      for (let a = 0; a < componentCount; a++)
        d[a] = answers[i * componentCount + a] - truth[i * componentCount + a];
      for (let a = 0; a < componentCount; a++) {
        let along = 0;
        for (let b = 0; b < componentCount; b++) along += metric[a * componentCount + b] * d[b];
        sum += d[a] * along;
      }
    }
    return 100 * Math.sqrt(sum / (count * FUTURE.length * jointCount));
  };
}
