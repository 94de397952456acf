import {
  type Clip,
  keepSignsContinuous,
  type LocalPose,
  makeWorldPose,
  rateFromHz,
  rateHz,
  resample,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { divideRows, rotateRowBack } from '../../math/quat-rows.js';
import type { MotionDatabase } from '../database/database.js';
import { assertSameJoints, makePlayBody, type PlayBody } from './play-body.js';
import { cubicWeights, type GroundPose, makeRootPath, type RootPath } from './root-path.js';

/**
 * One clip's poses on the play body, seen from the database's root.
 *
 * | array          | shape              | meaning                                     |
 * | -------------- | ------------------ | ------------------------------------------- |
 * | `rotations`    | [frames, joints, 4] | parent from joint, sign-continuous           |
 * | `translations` | [frames, joints, 3] | parent from joint, metres                    |
 */
interface BankedClip {
  readonly rateHz: number;
  readonly frameCount: number;
  readonly rotations: Float32Array;
  readonly translations: Float32Array;
  readonly loops: boolean;
}

/** The poses of a database's clips, at any time. */
export interface PoseBank {
  readonly body: PlayBody;
  readonly root: RootPath;
  /** Writes the pose of database clip `clip` at `seconds` to `out`, joints of the play body; cubic between frames. */
  sample(clip: number, seconds: number, out: LocalPose): void;
}

/** A frame's time may be this much off a whole one and still be that frame. */
const ON_FRAME = 1e-6;

/**
 * Prepares the poses of a database for playing.
 *
 * `clipAt` gives the clip that `database.clips[c]` was built from, seen in a mirror where that says so; it is asked
 * once for each, and may have any rate.
 *
 * @throws GaitwayError `simulate/other-skeleton`, `simulate/other-clip` where a clip's length is not the database's.
 */
export function makePoseBank(database: MotionDatabase, clipAt: (clip: number) => Clip): PoseBank {
  const root = makeRootPath(database);
  const banked: BankedClip[] = [];
  let body: PlayBody | undefined;
  for (const [c, { loops }] of database.clips.entries()) {
    const given = clipAt(c);
    // A loop closes on a frame of the database.
    const clip = loops ? resample(given, rateFromHz(database.rateHz)) : given;
    body ??= makePlayBody(database, clip.skeleton);
    assertSameJoints(database.joints, clip.skeleton, clip);
    assertSameLength(database, c, clip);
    const frames = loops ? database.clips[c].frameCount : clip.frameCount;
    banked.push({ ...bankClip(body, root, database, c, clip, frames), loops });
  }
  if (!body)
    throw new GaitwayError(
      'motion/no-clips',
      'A database needs at least one clip to be played; it has none.',
    );
  return { body, root, sample: makeSampler(banked, body.kept.length) };
}

function assertSameLength({ clips, rateHz: hz }: MotionDatabase, c: number, clip: Clip): void {
  const found = (clip.frameCount - 1) / rateHz(clip.rate);
  const wanted = (clips[c].frameCount - 1) / hz;
  // Resampling drops what does not fill a frame, and a loop its last pose.
  if (found > wanted - 1e-3 && found < wanted + 2 / hz + 1e-3) return;
  throw new GaitwayError(
    'simulate/other-clip',
    `${clips[c].name} lasts ${found.toFixed(3)} s now, but ${wanted.toFixed(3)} s when the database was built; build it again.`,
    { clip: clips[c].name, found, wanted },
  );
}

function bankClip(
  { kept, joints, skeleton }: PlayBody,
  root: RootPath,
  { rateHz: databaseHz }: MotionDatabase,
  c: number,
  clip: Clip,
  frameCount: number,
): Omit<BankedClip, 'loops'> {
  const count = kept.length;
  const hz = rateHz(clip.rate);
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float32Array(3 * count * frameCount);
  const world = makeWorldPose(skeleton.joints.length);
  const ground: GroundPose = { x: 0, z: 0, yaw: 0 };
  const turn = new Float64Array(4);
  const place = new Float64Array(3);
  for (let f = 0; f < frameCount; f++) {
    worldPoseOfFrame(clip, f, world);
    root.at(c, (f / hz) * databaseHz, ground);
    turn[1] = Math.sin(ground.yaw / 2);
    turn[3] = Math.cos(ground.yaw / 2);
    for (let k = 0; k < count; k++) {
      const j = kept[k];
      const at = f * count + k;
      if (joints[k].parent < 0) {
        divideRows(turn, 0, world.rotations, 4 * j, rotations, 4 * at);
        place[0] = world.positions[3 * j] - ground.x;
        place[1] = world.positions[3 * j + 1];
        place[2] = world.positions[3 * j + 2] - ground.z;
        rotateRowBack(turn, 0, place, 0, place, 0);
        translations.set(place, 3 * at);
      } else {
        const from = f * skeleton.joints.length + j;
        rotations.set(clip.rotations.subarray(4 * from, 4 * from + 4), 4 * at);
        translations.set(clip.translations.subarray(3 * from, 3 * from + 3), 3 * at);
      }
    }
  }
  keepSignsContinuous(rotations, count);
  return { rateHz: hz, frameCount, rotations: Float32Array.from(rotations), translations };
}

function makeSampler(clips: readonly BankedClip[], count: number): PoseBank['sample'] {
  const w = new Float64Array(4);
  const frames = new Int32Array(4);
  return (clip, seconds, { rotations: r, translations: t }) => {
    const { rateHz: hz, frameCount, rotations, translations, loops } = clips[clip];
    const last = frameCount - 1;
    const place = loops ? seconds * hz : Math.min(Math.max(seconds * hz, 0), last);
    const low = Math.floor(place + ON_FRAME);
    const share = Math.max(place - low, 0);
    cubicWeights(share < ON_FRAME ? 0 : share, w);
    for (let k = 0; k < 4; k++) {
      const frame = low + k - 1;
      frames[k] = loops
        ? frame - frameCount * Math.floor(frame / frameCount)
        : Math.min(Math.max(frame, 0), last);
    }
    for (let k = 0; k < 4; k++) frames[k] *= count;
    for (let j = 0; j < 3 * count; j++) {
      t[j] =
        w[0] * translations[3 * frames[0] + j] +
        w[1] * translations[3 * frames[1] + j] +
        w[2] * translations[3 * frames[2] + j] +
        w[3] * translations[3 * frames[3] + j];
    }
    for (let j = 0; j < 4 * count; j += 4) blendTurns(rotations, frames, w, j, r);
  };
}

/** The unit quaternion along the weighted sum of four, each taken with the sign that is nearest the second's. */
function blendTurns(
  turns: Float32Array,
  frames: Int32Array,
  w: Float64Array,
  at: number,
  out: Float64Array,
): void {
  const middle = 4 * frames[1] + at;
  let [x, y, z, s] = [0, 0, 0, 0];
  for (let k = 0; k < 4; k++) {
    const from = 4 * frames[k] + at;
    const dot =
      turns[from] * turns[middle] +
      turns[from + 1] * turns[middle + 1] +
      turns[from + 2] * turns[middle + 2] +
      turns[from + 3] * turns[middle + 3];
    const weight = dot < 0 ? -w[k] : w[k];
    x += weight * turns[from];
    y += weight * turns[from + 1];
    z += weight * turns[from + 2];
    s += weight * turns[from + 3];
  }
  const size = Math.sqrt(x * x + y * y + z * z + s * s) || 1;
  out[at] = x / size;
  out[at + 1] = y / size;
  out[at + 2] = z / size;
  out[at + 3] = s / size;
}
