import {
  type Clip,
  forwardKinematics,
  type LocalPose,
  makeLocalPose,
  makeWorldPose,
  samplePose,
  type WorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { type Anatomy, anatomyOf } from './anatomy.js';

/** A clip on show: its pose at the page's time, and what is measured once when it is taken up. */
export class ShownClip {
  readonly clip: Clip;
  readonly anatomy: Anatomy;
  readonly pose: WorldPose;
  /** Where the pelvis stands over the ground, [frames, 2]: x and z, metres. */
  readonly path: Float32Array;
  /** Metres from the lowest to the highest joint in the first frame. */
  readonly height: number;
  readonly #local: LocalPose;

  constructor(clip: Clip) {
    const count = clip.skeleton.joints.length;
    this.clip = clip;
    this.anatomy = anatomyOf(clip);
    this.pose = makeWorldPose(count);
    this.#local = makeLocalPose(count);
    const { pelvis } = this.anatomy;
    this.path = new Float32Array(2 * clip.frameCount);
    for (let f = 0; f < clip.frameCount; f++) {
      worldPoseOfFrame(clip, f, this.pose);
      this.path[2 * f] = this.pose.positions[3 * pelvis];
      this.path[2 * f + 1] = this.pose.positions[3 * pelvis + 2];
    }
    this.setTime(0);
    const [low, high] = this.spanOf(1);
    this.height = Math.max(high - low, 1e-3);
  }

  /** Takes the pose at `time` seconds. */
  setTime(time: number): void {
    samplePose(this.clip, time, this.#local);
    forwardKinematics(this.clip.skeleton, this.#local.rotations, this.#local.translations, this.pose);
  }

  /**
   * Lowest and highest place along an axis (0 x, 1 y, 2 z) in the pose now taken.
   *
   * Helper joints are left out: a root that stays at the origin is no part of the figure.
   */
  spanOf(axis: number): [number, number] {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    this.anatomy.sides.forEach((side, j) => {
      if (side === 'helper') return;
      low = Math.min(low, this.pose.positions[3 * j + axis]);
      high = Math.max(high, this.pose.positions[3 * j + axis]);
    });
    return [low, high];
  }
}
