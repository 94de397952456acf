import type { Tensor } from '@tensorflow/tfjs';

/** The operations of TensorFlow.js, whichever engine computes them. */
export type Tensorflow = typeof import('@tensorflow/tfjs');

/** Engines in the order in which they are tried. */
export const ENGINE_NAMES = ['traced', 'tfjs-node', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export type Shape = readonly number[];

/**
 * What an engine computes: a pure function of tensors, written in TensorFlow.js operations.
 *
 * It reads no values, keeps no state and branches on shapes alone, so that it can be run once to record it.
 */
export interface Program {
  readonly inputs: readonly Shape[];
  readonly outputs: (tf: Tensorflow, inputs: readonly Tensor[]) => readonly Tensor[];
}

/** A program that is ready to run. */
export interface Compiled {
  /** Inputs as flat arrays of the program's shapes; gives its outputs, flat, valid until the next run. */
  run(inputs: readonly Float32Array[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** Where programs run. */
export interface Engine {
  readonly name: EngineName;
  /** Library and version, for the record. */
  readonly version: string;
  compile(program: Program): Promise<Compiled>;
}
