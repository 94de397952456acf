import type { TensorInfo } from '@tensorflow/tfjs';
import { GaitwayError } from '../../errors.js';

/** The operations of TensorFlow.js, whichever engine computes them. */
export type Tensorflow = typeof import('@tensorflow/tfjs');

export const ENGINE_NAMES = ['tfjs-node', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface Engine {
  readonly name: EngineName;
  readonly tf: Tensorflow;
  /** Version of TensorFlow.js. */
  readonly version: string;
  /** What was chosen, and why the faster ones were not: a sentence for people. */
  readonly why: string;
}

/** How engines are loaded; tests give their own. */
export interface EngineModules {
  core(): Promise<Tensorflow>;
  /** Loads tfjs-node, which registers the backend `tensorflow`; throws where its binary does not load. */
  node(): Promise<unknown>;
  /** Loads the backend `wasm`. */
  wasm(): Promise<unknown>;
}

const BACKEND_OF: Readonly<Record<EngineName, string>> = {
  'tfjs-node': 'tensorflow',
  wasm: 'wasm',
  cpu: 'cpu',
};

/**
 * The engine that trains: TensorFlow's own library where it loads, else WebAssembly, else plain JavaScript.
 *
 * @param wanted One engine, or `auto` for the first that works.
 * @throws GaitwayError `encoder/no-engine` where the wanted one does not load, with the reason.
 */
export async function chooseEngine(
  wanted: EngineName | 'auto',
  modules: EngineModules = realModules,
): Promise<Engine> {
  const tf = await modules.core();
  tf.enableProdMode();
  const refusals: string[] = [];
  for (const name of wanted === 'auto' ? ENGINE_NAMES : [wanted]) {
    try {
      if (name === 'tfjs-node') await modules.node();
      if (name === 'wasm') await modules.wasm();
      if (!(await tf.setBackend(BACKEND_OF[name])))
        throw new Error(`the backend "${BACKEND_OF[name]}" did not start`);
      await tf.ready();
      if (name === 'wasm') multiplyUntransposed(tf);
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      refusals.push(`${name} does not load (${reason})`);
      continue;
    }
    const slow = name === 'cpu' ? '; this is about thirty times slower than WebAssembly' : '';
    const because = refusals.length > 0 ? ` because ${refusals.join(' and ')}` : '';
    return {
      name,
      tf,
      version: tf.version.tfjs,
      why: `trains on ${name}${wanted === 'auto' ? because : ' as asked'}${slow}`,
    };
  }
  throw new GaitwayError(
    'encoder/no-engine',
    `No engine to train with: ${refusals.join('; ')}. Use --engine auto, or run "npm install" again.`,
    { wanted, refusals },
  );
}

const realModules: EngineModules = {
  core: () => import('@tensorflow/tfjs'),
  node: loadTensorflowNode,
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
};

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

/**
 * Teaches the wasm backend to transpose before it multiplies.
 *
 * Its fast path takes no transposed operands, and every gradient of a product has one: ten times slower without.
 */
function multiplyUntransposed(tf: Tensorflow): void {
  const kernel = tf.getKernel('BatchMatMul', 'wasm');
  const multiply = kernel.kernelFunc;
  if (multiply.name === 'multiplyTransposedFirst') return;
  const transpose = tf.getKernel('Transpose', 'wasm').kernelFunc;

  const multiplyTransposedFirst: typeof multiply = ({ inputs, attrs, backend }) => {
    const made: TensorInfo[] = [];
    const upright = (tensor: TensorInfo, turned: unknown): TensorInfo => {
      if (turned !== true) return tensor;
      const last = tensor.shape.length - 1;
      const perm = tensor.shape.map((_, axis) =>
        axis === last ? last - 1 : axis === last - 1 ? last : axis,
      );
      const result = transpose({ inputs: { x: tensor }, attrs: { perm }, backend });
      const one = Array.isArray(result) ? result[0] : result;
      made.push(one);
      return one;
    };
    const a = upright(inputs.a as TensorInfo, attrs?.transposeA);
    const b = upright(inputs.b as TensorInfo, attrs?.transposeB);
    const out = multiply({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    for (const { dataId } of made) (backend as { disposeData(id: object): boolean }).disposeData(dataId);
    return out;
  };
  tf.unregisterKernel('BatchMatMul', 'wasm');
  tf.registerKernel({ ...kernel, kernelFunc: multiplyTransposedFirst });
}
