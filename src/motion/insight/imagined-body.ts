import {
  type Clip,
  forwardKinematics,
  keepSignsContinuous,
  makeWorldPose,
  type WorldPose,
} from '../../clip/index.js';
import { multiplyRows } from '../../math/quat-rows.js';
import { type MotionTrack, makeMotionTrack } from '../features/motion-track.js';

/** The moment of a clip that imagining sets out from. */
export interface ImagineStart {
  /** At the encoder's rate. */
  readonly clip: Clip;
  readonly track: MotionTrack;
  /** Joint of the clip's skeleton for every role of the track. */
  readonly joints: readonly number[];
  readonly frame: number;
}

/**
 * A stretch of a clip around a moment whose joints can be turned and whose body can be moved over the ground.
 *
 * `track` and `world` follow from the others when `place` is called.
 */
export interface ImaginedBody {
  readonly track: MotionTrack;
  /** The moment's frame in the stretch. */
  readonly frame: number;
  readonly joints: readonly number[];
  /** Parent of every joint of the skeleton, −1 for roots. */
  readonly parents: readonly number[];
  /** [frames, joints, 4], parent from joint, without the moves. */
  readonly rotations: Float64Array;
  /** How the whole body is moved on the ground and turned about the place of its root, in every frame. */
  readonly moveX: Float64Array;
  readonly moveZ: Float64Array;
  readonly moveYaw: Float64Array;
  /** All frames one after another: rows [frames · joints]. */
  readonly world: WorldPose;
  /**
   * Puts joints where rotations and moves bring them, and the root where it is found under such a body; feet come no
   * lower and no higher than in the clip.
   */
  place(): void;
  /** The stretch as a clip of its own. */
  toClip(name: string): Clip;
}

const SECONDS_KEPT = { behind: 0.5, ahead: 1.1 };

/** Cuts the stretch out of the clip; of a shorter clip there is what there is. */
export function makeImaginedBody({ clip, track: whole, joints, frame }: ImagineStart): ImaginedBody {
  const count = clip.skeleton.joints.length;
  const first = Math.max(0, frame - Math.ceil(SECONDS_KEPT.behind * whole.rateHz));
  const end = Math.min(whole.frameCount, frame + Math.ceil(SECONDS_KEPT.ahead * whole.rateHz) + 1);
  const frames = end - first;
  const cut = (values: Float64Array, width: number): Float64Array => values.slice(first * width, end * width);
  const rotations = cut(clip.rotations, 4 * count);
  const translations = cut(clip.translations, 3 * count);
  const [baseX, baseZ] = [cut(whole.rootX, 1), cut(whole.rootZ, 1)];
  const track: MotionTrack = {
    name: whole.name,
    frameCount: frames,
    rateHz: whole.rateHz,
    roles: whole.roles,
    positions: cut(whole.positions, 3 * joints.length),
    rootX: cut(whole.rootX, 1),
    rootZ: cut(whole.rootZ, 1),
    facingX: cut(whole.facingX, 1),
    facingZ: cut(whole.facingZ, 1),
  };
  const [moveX, moveZ, moveYaw, lift] = [0, 1, 2, 3].map(() => new Float64Array(frames));
  const world = makeWorldPose(frames * count);
  const parents = clip.skeleton.joints.map(({ parent }) => parent);
  const roots = parents.flatMap((parent, j) => (parent < 0 ? [j] : []));
  const feet = whole.roles.flatMap((role, r) => (/^(foot|toe)[LR]$/.test(role) ? [joints[r]] : []));

  /** One frame's own rotations and translations with the move in its roots, at `r[at4 …]` and `t[at3 …]`. */
  const moved = (f: number, r: Float64Array, at4: number, t: Float64Array, at3: number): void => {
    r.set(rotations.subarray(4 * f * count, 4 * (f + 1) * count), at4);
    t.set(translations.subarray(3 * f * count, 3 * (f + 1) * count), at3);
    const turn = Float64Array.of(0, Math.sin(moveYaw[f] / 2), 0, Math.cos(moveYaw[f] / 2));
    const [sin, cos] = [Math.sin(moveYaw[f]), Math.cos(moveYaw[f])];
    for (const j of roots) {
      multiplyRows(turn, 0, r, at4 + 4 * j, r, at4 + 4 * j);
      const at = at3 + 3 * j;
      const [x, z] = [t[at] - baseX[f], t[at + 2] - baseZ[f]];
      t[at] = baseX[f] + moveX[f] + cos * x + sin * z;
      t[at + 1] += lift[f];
      t[at + 2] = baseZ[f] + moveZ[f] + cos * z - sin * x;
    }
  };
  const lowest = (f: number): number => {
    let low = Number.POSITIVE_INFINITY;
    for (const j of feet) low = Math.min(low, world.positions[3 * (f * count + j) + 1]);
    return low;
  };
  const [frameRotations, frameTranslations] = [new Float64Array(4 * count), new Float64Array(3 * count)];
  const poseFrame = (f: number): void => {
    moved(f, frameRotations, 0, frameTranslations, 0);
    forwardKinematics(clip.skeleton, frameRotations, frameTranslations, world, 0, 0, f * count);
  };
  const floor = Float64Array.from({ length: frames }, (_, f) => {
    poseFrame(f);
    return lowest(f);
  });
  const place = (): void => {
    for (let f = 0; f < frames; f++) {
      poseFrame(f);
      const rise = floor[f] - lowest(f);
      lift[f] += rise;
      for (let j = 0; j < count; j++) world.positions[3 * (f * count + j) + 1] += rise;
      joints.forEach((joint, r) => {
        for (let axis = 0; axis < 3; axis++)
          track.positions[3 * (f * joints.length + r) + axis] =
            world.positions[3 * (f * count + joint) + axis];
      });
    }
    const seen = makeMotionTrack(whole.name, whole.roles, track.positions, whole.rateHz);
    for (const key of ['rootX', 'rootZ', 'facingX', 'facingZ'] as const) track[key].set(seen[key]);
  };
  return {
    track,
    frame: frame - first,
    joints,
    parents,
    rotations,
    moveX,
    moveZ,
    moveYaw,
    world,
    place,
    toClip(name) {
      const made = { ...clip, name, frameCount: frames, curves: [], events: [] };
      const [r, t] = [new Float64Array(rotations.length), new Float64Array(translations.length)];
      for (let f = 0; f < frames; f++) moved(f, r, 4 * f * count, t, 3 * f * count);
      keepSignsContinuous(r, count);
      return {
        ...made,
        rotations: r,
        translations: t,
        ...(clip.scales && { scales: cut(clip.scales, 3 * count) }),
      };
    },
  };
}
