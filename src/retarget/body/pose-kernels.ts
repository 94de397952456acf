import { makePlainPoseKernels, type PoseKernels } from '../../kernels/pose-kernels.js';
import { makeWasmPoseKernels } from '../../kernels/wasm-pose-kernels.js';

/** Kernels for poses of so many joints, on the vector unit where there is one; results are the same without. */
export function makePoseKernels(sourceCount: number, targetCount = 0): PoseKernels {
  const make = makeWasmPoseKernels() ?? makePlainPoseKernels;
  return make({ sourceCount, targetCount });
}
