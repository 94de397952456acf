import { describe, expect, it } from 'vitest';
import { chooseEngine, type EngineModules, type Tensorflow } from '../../../src/motion/encoder/backend.js';
import { codeOf } from './made-clips.js';

/** Modules of which only those named load. */
function fakeModules(loading: readonly string[], starting: readonly string[] = loading): EngineModules {
  const load = async (name: string): Promise<void> => {
    if (!loading.includes(name)) throw new Error(`Cannot find ${name}\nRequire stack: …`);
  };
  const tf = {
    enableProdMode: () => undefined,
    setBackend: async (name: string) => starting.includes(name),
    ready: async () => undefined,
    getKernel: () => ({ kernelFunc: () => undefined }),
    registerKernel: () => undefined,
    unregisterKernel: () => undefined,
    version: { tfjs: '4.22.0' },
  } as unknown as Tensorflow;
  return { core: async () => tf, node: () => load('tensorflow'), wasm: () => load('wasm') };
}

describe('chooseEngine', () => {
  it('takes the native library where it loads', async () => {
    const engine = await chooseEngine('auto', fakeModules(['tensorflow', 'wasm', 'cpu']));
    expect(engine.name).toBe('tfjs-node');
    expect(engine.why).toBe('trains on tfjs-node');
  });

  it('takes wasm where the native library does not load, and says why', async () => {
    const engine = await chooseEngine('auto', fakeModules(['wasm', 'cpu']));
    expect(engine.name).toBe('wasm');
    expect(engine.why).toContain('because tfjs-node does not load (Cannot find tensorflow)');
  });

  it('falls to plain JavaScript with a warning where a backend does not start', async () => {
    const engine = await chooseEngine('auto', fakeModules(['wasm'], ['cpu']));
    expect(engine.name).toBe('cpu');
    expect(engine.why).toContain('the backend "wasm" did not start');
    expect(engine.why).toContain('slower');
  });

  it('refuses an engine that was asked for and does not load', async () => {
    expect(await codeOf(() => chooseEngine('tfjs-node', fakeModules(['wasm', 'cpu'])))).toBe(
      'encoder/no-engine',
    );
  });

  it('trains really on wasm, where products with transposed operands are right', async () => {
    const { tf, name } = await chooseEngine('wasm');
    expect(name).toBe('wasm');
    await chooseEngine('wasm'); // a second time, in one process
    const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const b = tf.tensor2d([1, 0, 2, -1, 3, 1], [2, 3]);
    const product = tf.tidy(() => [...tf.matMul(a, b, true, true).dataSync()]);
    expect(product).toEqual([11, 13, 14, 16]);
    const batched = tf.tidy(() => [
      ...tf
        .matMul(tf.tensor3d([1, 2, 3, 4], [2, 1, 2]), tf.tensor3d([1, 1, 2, 2], [2, 1, 2]), false, true)
        .dataSync(),
    ]);
    expect(batched).toEqual([3, 14]);
    tf.dispose([a, b]);
  });
});
