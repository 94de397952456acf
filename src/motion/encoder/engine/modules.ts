import type { Tensorflow } from './engine.js';
import type { OnnxRuntime } from './traced.js';

/** How libraries are loaded; tests give their own. */
export interface EngineModules {
  core(): Promise<Tensorflow>;
  /** Loads tfjs-node, which registers the backend `tensorflow`; throws where its binary does not load. */
  node(): Promise<unknown>;
  /** Loads the backend `wasm`. */
  wasm(): Promise<unknown>;
  /** Loads onnxruntime-node; throws where it is not installed or not built for this machine. */
  onnx(): Promise<OnnxRuntime>;
}

export const realModules: EngineModules = {
  core: () => import('@tensorflow/tfjs'),
  node: loadTensorflowNode,
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  onnx: loadOnnxRuntime,
};

async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  const { createRequire } = await import('node:module');
  return createRequire(import.meta.url)('onnxruntime-node') as OnnxRuntime;
}

/** Modules of Node are imported here and not above, so that a browser can read this file. */
async function loadTensorflowNode(): Promise<void> {
  const { createRequire } = await import('node:module');
  const load = createRequire(import.meta.url);
  // tfjs-node 4.22 calls two functions that Node 24 no longer has.
  const util = load('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown): boolean => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  if (process.platform === 'win32') await placeWindowsLibrary(load);
  load('@tensorflow/tfjs-node');
}

/** On Windows tfjs-node leaves tensorflow.dll beside a binding of another version, where it is not found. */
async function placeWindowsLibrary(load: NodeJS.Require): Promise<void> {
  const { copyFileSync, existsSync } = await import('node:fs');
  const { dirname, join } = await import('node:path');
  const root = dirname(load.resolve('@tensorflow/tfjs-node/package.json'));
  const library = join(root, 'deps', 'lib', 'tensorflow.dll');
  const binding = join(root, 'lib', 'napi-v8');
  const beside = join(binding, 'tensorflow.dll');
  if (existsSync(library) && existsSync(binding) && !existsSync(beside)) copyFileSync(library, beside);
}
