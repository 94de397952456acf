import {
  type Clip,
  keepSignsContinuous,
  type LocalPose,
  makeLocalPose,
  makeWorldPose,
  rateFromHz,
  rateHz,
  resample,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { divideRows, rotateRowBack } from '../../math/quat-rows.js';
import type { MotionDatabase } from '../database/database.js';
import { makeMirrorPose } from './mirror-pose.js';
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
  /** What is kept is the clip as it is in its file; it is played in a mirror. */
  readonly mirrored: boolean;
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

/** Gathers the poses of a database, clip by clip. */
export interface PoseBankBuilder {
  /** The clip is wanted: it is no mirror image, nor copy, of one that was added. */
  needs(clip: number): boolean;
  /**
   * Adds the clip that `database.clips[clip]` was built from, or the stretch of it that was kept, as it is in its file,
   * at any rate.
   *
   * @throws GaitwayError `simulate/other-skeleton`, `simulate/other-clip` where its length is not the database's.
   */
  add(clip: number, poses: Clip): void;
  /** @throws GaitwayError `simulate/missing-clips` where a clip that is needed was not added. */
  bank(): PoseBank;
}

/** Prepares the poses of a database for playing; clips need not be kept once they are added. */
export function makePoseBankBuilder(database: MotionDatabase): PoseBankBuilder {
  const root = makeRootPath(database);
  const bySource = new Map<string, BankedClip>();
  const keyOf = (c: number): string => {
    const { source, loops, firstFrame, frameCount } = database.clips[c];
    return source === '' ? `clip ${c}` : `${firstFrame} ${frameCount} ${loops} ${source}`;
  };
  let body: PlayBody | undefined;
  return {
    needs: (c) => !bySource.has(keyOf(c)),
    add(c, given) {
      const { loops, frameCount } = database.clips[c];
      // A loop closes on a frame of the database.
      const clip = loops ? resample(given, rateFromHz(database.rateHz)) : given;
      assertSameJoints(database.joints, clip.skeleton, clip);
      assertSameLength(database, c, clip);
      body ??= makePlayBody(database, clip.skeleton);
      bySource.set(keyOf(c), bankClip(body, root, database, c, clip, loops ? frameCount : clip.frameCount));
    },
    bank() {
      const banked = database.clips.flatMap(({ mirrored }, c) => {
        const own = bySource.get(keyOf(c));
        return own ? [{ ...own, mirrored }] : [];
      });
      if (body && banked.length === database.clips.length) return makeBank(body, root, banked);
      throw new GaitwayError(
        'simulate/missing-clips',
        `The poses of ${database.clips.length - banked.length} of the database's ${database.clips.length} clips are missing.`,
      );
    },
  };
}

function makeBank(body: PlayBody, root: RootPath, banked: readonly BankedClip[]): PoseBank {
  const count = body.kept.length;
  const sample = makeSampler(banked, count);
  if (!banked.some(({ mirrored }) => mirrored)) return { body, root, sample };
  const mirror = makeMirrorPose(body, meanTurns(banked, count));
  const pose = makeLocalPose(count);
  return {
    body,
    root,
    sample(clip, seconds, out) {
      if (!banked[clip].mirrored) return sample(clip, seconds, out);
      sample(clip, seconds, pose);
      mirror(pose, out);
    },
  };
}

/** The mean local turn of each joint over all clips, [joints, 4]. */
function meanTurns(clips: readonly BankedClip[], count: number): Float64Array {
  const sum = new Float64Array(4 * count);
  for (const { rotations, frameCount } of clips) {
    for (let f = 0; f < frameCount; f++) {
      for (let j = 0; j < 4 * count; j += 4) {
        const at = 4 * count * f + j;
        let inner = 0;
        for (let k = 0; k < 4; k++) inner += sum[j + k] * rotations[at + k];
        for (let k = 0; k < 4; k++) sum[j + k] += inner < 0 ? -rotations[at + k] : rotations[at + k];
      }
    }
  }
  for (let j = 0; j < 4 * count; j += 4) {
    const size = Math.hypot(sum[j], sum[j + 1], sum[j + 2], sum[j + 3]) || 1;
    for (let k = 0; k < 4; k++) sum[j + k] /= size;
  }
  return sum;
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
  { rateHz: databaseHz, clips }: MotionDatabase,
  c: number,
  clip: Clip,
  frameCount: number,
): BankedClip {
  const { loops, mirrored } = clips[c];
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
    if (mirrored) {
      // The database has the root of the image.
      ground.x = -ground.x;
      ground.yaw = -ground.yaw;
    }
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
  return { rateHz: hz, frameCount, rotations: Float32Array.from(rotations), translations, loops, mirrored };
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
    cubicWeights(share < ON_FRAME ? 0 : share, loops || low > 0, loops || low + 2 <= last, w);
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
