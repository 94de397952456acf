import { childrenOf, forwardKinematics, makeWorldPose } from '../../clip/index.js';
import { length, type Vec3 } from '../../math/vec3.js';
import type { BvhFile } from './parse.js';
import { makeBvhPose, makePoseReader, type ReadBvhPose } from './pose.js';

/** How large a file's figure is and how it lies in its axes, in file units. */
export interface FigureSize {
  readonly jointCount: number;
  /** Longest way along the bones from one tip to another: on a person from toes to finger tips. */
  readonly reach: number;
  /** Width of the zero pose along x, y, z. */
  readonly restExtent: Vec3;
  /** Width of the pose along x, y, z, mean over some frames; the zero pose where there are none. */
  readonly motionExtent: Vec3;
}

const FRAMES_LOOKED_AT = 24;

/** Measures the figure of a file; unit and axes are guessed from it. */
export function measureFigure(bvh: BvhFile): FigureSize {
  const { count: frameCount } = bvh.motion.rows;
  const readPose = makePoseReader(bvh);
  const looked = Math.min(frameCount, FRAMES_LOOKED_AT);
  const frames = Array.from({ length: looked }, (_, i) =>
    looked === 1 ? 0 : Math.round((i * (frameCount - 1)) / (looked - 1)),
  );
  const extents = frames.map((frame) => extentOfFrame(bvh, readPose, frame));
  const restExtent = extentOfFrame(bvh, readPose, -1);
  const mean = (axis: 0 | 1 | 2): number =>
    extents.reduce((sum, extent) => sum + extent[axis], 0) / extents.length;
  return {
    jointCount: bvh.joints.length,
    reach: longestWay(bvh),
    restExtent,
    motionExtent: looked === 0 ? restExtent : [mean(0), mean(1), mean(2)],
  };
}

/** The first joint with several children: what stands above it (a root at the origin) is no part of the body. */
function hubOf(bvh: BvhFile): number {
  const children = childrenOf(bvh.joints);
  let hub = 0;
  while (children[hub]?.length === 1) hub = children[hub]?.[0] as number;
  return children[hub]?.length === 0 ? 0 : hub;
}

function extentOfFrame(bvh: BvhFile, readPose: ReadBvhPose, frame: number): Vec3 {
  const count = bvh.joints.length;
  const hub = hubOf(bvh);
  const pose = readPose(frame, makeBvhPose(count));
  const { positions } = forwardKinematics(
    { joints: bvh.joints },
    pose.rotations,
    pose.translations,
    makeWorldPose(count),
  );
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  // Joints come parent first, so those before the hub are exactly those above it.
  for (let i = 3 * hub; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i]);
    high[i % 3] = Math.max(high[i % 3], positions[i]);
  }
  return [0, 1, 2].map((axis) => high[axis] - low[axis]) as unknown as Vec3;
}

/** The longest way between two leaves, over bones as long as their OFFSETs; roots' own OFFSETs do not count. */
function longestWay(bvh: BvhFile): number {
  const { joints } = bvh;
  const children = childrenOf(joints);
  const down = joints.map((joint) => (joint.endOffset ? length(joint.endOffset) : 0));
  let longest = 0;
  for (let j = joints.length - 1; j >= 0; j--) {
    const ways = children[j].map((child) => length(joints[child].offset) + down[child]).sort((a, b) => b - a);
    if (ways.length > 0) down[j] = ways[0];
    if (ways.length > 1) longest = Math.max(longest, ways[0] + ways[1]);
  }
  return longest;
}
