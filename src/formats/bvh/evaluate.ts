import {
  forwardKinematics,
  makeWorldPose,
  type Rate,
  rateHz,
  type Scene,
  type WorldPose,
} from '../../clip/index.js';
import { AFFINE_SIZE, type Affine } from '../../math/affine.js';
import { slerpRows } from '../../math/quat-rows.js';
import type { BvhFile } from './parse.js';
import { type BvhPose, makeBvhPose, makePoseReader } from './pose.js';

/** Nearer than this to a frame, the frame itself is given. */
const ON_FRAME = 1e-6;

/**
 * Makes a scene's `evaluate` from a file: exact on frames; between them rotations are blended the shorter way
 * round and positions in a straight line. Nothing is allocated a call.
 */
export function makeEvaluate(bvh: BvhFile, rate: Rate, unitMetres: number, zUp: boolean): Scene['evaluate'] {
  const count = bvh.joints.length;
  const lastFrame = bvh.motion.rows.count - 1;
  const hz = rateHz(rate);
  const readPose = makePoseReader(bvh);
  const low = makeBvhPose(count);
  const high = makeBvhPose(count);
  const world = makeWorldPose(count);
  return (take, time, out) => {
    const at = take < 0 ? -1 : Math.min(Math.max(time * hz, 0), lastFrame);
    const near = Math.round(at);
    const exact = take < 0 || Math.abs(at - near) < ON_FRAME;
    readPose(exact ? near : Math.floor(at), low);
    if (!exact) blend(low, readPose(Math.floor(at) + 1, high), at - Math.floor(at));
    forwardKinematics(bvh, low.rotations, low.translations, world);
    writeMatrices(world, unitMetres, zUp, out);
  };
}

/** Blends `to` into `pose`. */
function blend({ rotations, translations }: BvhPose, to: BvhPose, t: number): void {
  for (let i = 0; i < rotations.length; i += 4) slerpRows(rotations, i, to.rotations, i, t, rotations, i);
  for (let i = 0; i < translations.length; i++)
    translations[i] = translations[i] * (1 - t) + to.translations[i] * t;
}

/** World matrices [joints, 12] in metres with Y up. */
function writeMatrices(
  { positions, rotations }: WorldPose,
  unitMetres: number,
  zUp: boolean,
  out: Affine,
): void {
  const count = rotations.length / 4;
  for (let j = 0; j < count; j++) {
    // A turn of space seen from turned axes: its vector part turns along.
    const x = rotations[4 * j];
    const y = zUp ? rotations[4 * j + 2] : rotations[4 * j + 1];
    const z = zUp ? -rotations[4 * j + 1] : rotations[4 * j + 2];
    const w = rotations[4 * j + 3];
    const at = AFFINE_SIZE * j;
    out[at] = 1 - 2 * (y * y + z * z);
    out[at + 1] = 2 * (x * y + z * w);
    out[at + 2] = 2 * (x * z - y * w);
    out[at + 3] = 2 * (x * y - z * w);
    out[at + 4] = 1 - 2 * (x * x + z * z);
    out[at + 5] = 2 * (y * z + x * w);
    out[at + 6] = 2 * (x * z + y * w);
    out[at + 7] = 2 * (y * z - x * w);
    out[at + 8] = 1 - 2 * (x * x + y * y);
    out[at + 9] = positions[3 * j] * unitMetres;
    out[at + 10] = (zUp ? positions[3 * j + 2] : positions[3 * j + 1]) * unitMetres;
    out[at + 11] = (zUp ? -positions[3 * j + 1] : positions[3 * j + 2]) * unitMetres;
  }
}
