import { describe, expect, it } from 'vitest';
import { type ChosenEngine, chooseEngine } from '../../../../src/motion/encoder/engine/choose.js';
import type { Tensorflow } from '../../../../src/motion/encoder/engine/engine.js';
import type { EngineModules } from '../../../../src/motion/encoder/engine/modules.js';
import { codeOf } from '../made-clips.js';

const traced = await chooseEngine('traced').catch(() => undefined);

/** Modules of which only those named load; they compute nothing. */
function fakeModules(loading: readonly string[], starting: readonly string[] = loading): EngineModules {
  const load = async (name: string): Promise<void> => {
    if (!loading.includes(name)) throw new Error(`Cannot find ${name}\nRequire stack: …`);
  };
  const tf = {
    enableProdMode: () => undefined,
    getBackend: () => '',
    setBackend: async (name: string) => starting.includes(name),
    ready: async () => undefined,
    tidy: () => [],
    dispose: () => undefined,
    tensor: () => ({}),
    getKernel: () => ({ kernelFunc: () => undefined }),
    registerKernel: () => undefined,
    unregisterKernel: () => undefined,
    version: { tfjs: '4.22.0' },
  } as unknown as Tensorflow;
  return {
    core: async () => tf,
    node: () => load('tensorflow'),
    wasm: () => load('wasm'),
    onnx: async () => {
      throw new Error('Cannot find onnxruntime-node');
    },
  };
}

/** A clock by which every run takes what the list says, in order. */
function clockOf(runs: readonly number[]): () => number {
  let at = 0;
  let time = 0;
  return () => {
    if (at % 2 === 1) time += runs[Math.floor(at / 2)] ?? 1;
    at++;
    return time;
  };
}

describe('chooseEngine', () => {
  it('takes the first that loads where there is no clock, and says why others were not', async () => {
    const { engine, why } = await chooseEngine('auto', {
      modules: fakeModules(['tensorflow', 'wasm', 'cpu']),
    });
    expect(engine.name).toBe('tfjs-node');
    expect(why).toBe('trains on tfjs-node; traced does not load (Cannot find onnxruntime-node)');
  });

  it('takes the fastest of those that load', async () => {
    const modules = fakeModules(['tensorflow', 'wasm', 'cpu']);
    const { engine, why } = await chooseEngine('auto', {
      modules,
      now: clockOf([99, 20, 20, 21, 22, 23, 99, 5, 6, 7, 8, 9]),
    });
    expect(engine.name).toBe('wasm');
    expect(why).toContain('trains on wasm, 5.0 ms a step; tfjs-node is slower (20.0 ms)');
  });

  it('falls to plain JavaScript with a warning where a backend does not start', async () => {
    const { engine, why } = await chooseEngine('auto', { modules: fakeModules(['wasm'], ['cpu']) });
    expect(engine.name).toBe('cpu');
    expect(why).toContain('the backend "wasm" did not start');
    expect(why).toContain('slower');
  });

  it('refuses an engine that was asked for and does not load', async () => {
    for (const name of ['tfjs-node', 'traced'] as const)
      expect(await codeOf(() => chooseEngine(name, { modules: fakeModules(['wasm', 'cpu']) }))).toBe(
        'encoder/no-engine',
      );
  });

  it('multiplies rightly on wasm where operands are transposed', async () => {
    const { engine } = await chooseEngine('wasm');
    await chooseEngine('wasm'); // a second time, in one process
    const product = await engine.compile({
      inputs: [
        [3, 2],
        [2, 3],
      ],
      outputs: (tf, [a, b]) => [tf.matMul(a, b, true, true)],
    });
    const a = Float32Array.of(1, 2, 3, 4, 5, 6);
    const b = Float32Array.of(1, 0, 2, -1, 3, 1);
    expect([...(await product.run([a, b]))[0]]).toEqual([11, 13, 14, 16]);
    const stacked = await engine.compile({
      inputs: [
        [2, 1, 2],
        [2, 1, 2],
      ],
      outputs: (tf, [c, d]) => [tf.matMul(c, d, false, true)],
    });
    expect([...(await stacked.run([Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 1, 2, 2)]))[0]]).toEqual([
      3, 14,
    ]);
  });

  it.skipIf(!traced)(
    'refuses to trace an operation that is not recorded (skipped without onnxruntime-node)',
    async () => {
      const { engine } = traced as ChosenEngine;
      expect(await codeOf(() => engine.compile({ inputs: [[4]], outputs: (tf, [x]) => [tf.atan(x)] }))).toBe(
        'encoder/cannot-trace',
      );
    },
  );
});
