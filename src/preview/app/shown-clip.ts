import {
  type Clip,
  childrenOf,
  forwardKinematics,
  type LocalPose,
  makeLocalPose,
  makeWorldPose,
  samplePose,
  type WorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';

/** A clip on show: its pose at the page's time, and what is measured once when it is taken up. */
export class ShownClip {
  readonly clip: Clip;
  readonly pose: WorldPose;
  /** The joint that carries the body: the first that branches into three. */
  readonly pelvis: number;
  /** Where the pelvis stands over the ground, [frames, 2]: x and z, metres. */
  readonly path: Float32Array;
  /** Metres from the lowest to the highest joint in the first frame. */
  readonly height: number;
  #local: LocalPose;

  constructor(clip: Clip) {
    const count = clip.skeleton.joints.length;
    this.clip = clip;
    this.pose = makeWorldPose(count);
    this.#local = makeLocalPose(count);
    this.pelvis = pelvisOf(clip);
    this.path = new Float32Array(2 * clip.frameCount);
    for (let f = 0; f < clip.frameCount; f++) {
      worldPoseOfFrame(clip, f, this.pose);
      this.path[2 * f] = this.pose.positions[3 * this.pelvis];
      this.path[2 * f + 1] = this.pose.positions[3 * this.pelvis + 2];
    }
    this.setTime(0);
    const [low, high] = this.spanOf(1);
    this.height = Math.max(high - low, 1e-3);
  }

  /** Takes the pose at `time` seconds. */
  setTime(time: number): WorldPose {
    samplePose(this.clip, time, this.#local);
    return forwardKinematics(this.clip.skeleton, this.#local.rotations, this.#local.translations, this.pose);
  }

  /** Lowest and highest place of any joint along an axis (0 x, 1 y, 2 z) in the pose now taken. */
  spanOf(axis: number): [number, number] {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = axis; i < this.pose.positions.length; i += 3) {
      low = Math.min(low, this.pose.positions[i]);
      high = Math.max(high, this.pose.positions[i]);
    }
    return [low, high];
  }
}

function pelvisOf(clip: Clip): number {
  const { joints } = clip.skeleton;
  const branching = childrenOf(joints).findIndex((children) => children.length >= 3);
  return Math.max(0, branching);
}
