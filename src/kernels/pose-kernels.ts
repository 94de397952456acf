import { makeCarryPoses } from './carry-poses.js';
import { layOutPoseBlock, type PoseBlock, type PoseSize, poseBlockBytes } from './pose-block.js';
import { worldPoses } from './world-poses.js';

/** What is done with one block of poses, of whose frames the first `count` are looked at. */
export interface PoseKernels {
  readonly block: PoseBlock;
  /** World poses of the source from its local ones. Tells whether all their numbers are finite. */
  worldPoses(count: number): boolean;
  /**
   * Does the first `stepCount` steps: the target's poses from the source's world ones. Tells whether all local turns and
   * places that it wrote are finite. Local turns lie on the side of those of the frame before, in `last`.
   */
  carryPoses(stepCount: number, count: number): boolean;
}

/** Makes an empty block and what works on it. */
export type MakePoseKernels = (size: PoseSize) => PoseKernels;

/** The readable ones, in plain TypeScript. */
export const makePlainPoseKernels: MakePoseKernels = (size) => {
  const block = layOutPoseBlock(new ArrayBuffer(poseBlockBytes(size)), size);
  return {
    block,
    worldPoses: (count) => worldPoses(block, count),
    carryPoses: makeCarryPoses(block),
  };
};
