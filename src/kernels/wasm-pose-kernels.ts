import { POSES_WASM } from './generated/poses-wasm.js';
import { layOutPoseBlock, type PoseBlock, poseBlockBytes } from './pose-block.js';
import type { MakePoseKernels } from './pose-kernels.js';
import { compileWasm, makeWasmMemory } from './web-assembly.js';

/** What `assembly/poses/index.ts` exports; places are bytes from the start of the memory. */
interface Exports {
  attach(...countsAndPlaces: number[]): void;
  worldPoses(count: number): number;
  carryPoses(stepCount: number, count: number): number;
}

/**
 * The kernels on the vector unit, two frames at once, each block in a WebAssembly memory of its own; nothing where
 * WebAssembly or its vector instructions are missing or forbidden.
 *
 * They give, byte for byte, what `makePlainPoseKernels` gives.
 */
export function makeWasmPoseKernels(): MakePoseKernels | undefined {
  const instantiate = compileWasm(POSES_WASM);
  if (!instantiate) return undefined;
  return (size) => {
    const memory = makeWasmMemory(poseBlockBytes(size));
    const block = layOutPoseBlock(memory.buffer, size);
    const kernels = instantiate(memory) as Exports;
    kernels.attach(size.sourceCount, size.targetCount, ...placesOf(block));
    return {
      block,
      worldPoses: (count) => kernels.worldPoses(count) !== 0,
      carryPoses: (stepCount, count) => kernels.carryPoses(stepCount, count) !== 0,
    };
  };
}

function placesOf(block: PoseBlock): number[] {
  const { parents, sought, steps, numbers, sourceLocalTurns, sourceLocalPlaces, sourceTurns, sourcePlaces } =
    block;
  const { givenTurns, givenPlaces, turns, places, localTurns, localPlaces, last, series, lanes } = block;
  return [
    ...[parents, sought, steps, numbers, sourceLocalTurns, sourceLocalPlaces, sourceTurns, sourcePlaces],
    ...[givenTurns, givenPlaces, turns, places, localTurns, localPlaces, last, series, lanes],
  ].map(({ byteOffset }) => byteOffset);
}
