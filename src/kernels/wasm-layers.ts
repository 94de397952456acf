import { LAYERS_WASM } from './generated/layers-wasm.js';
import type { MakeLayerKernels } from './layer-kernels.js';
import { compileWasm, makeWasmMemory } from './web-assembly.js';

/** What `assembly/layers/index.ts` exports. */
interface Exports {
  convolve(...convolution: number[]): void;
  pool(...of: number[]): void;
  maxWithZero(input: number, count: number, out: number): void;
  addTables(a: number, b: number, share: number, count: number, out: number): void;
  placeColumns(input: number, rows: number, columns: number, out: number, stride: number): void;
}

/**
 * The kernels of layers on the vector unit, each network in a WebAssembly memory of its own; nothing where WebAssembly
 * or its vector instructions are missing or forbidden.
 *
 * They give, byte for byte, what `makePlainLayers` gives.
 */
export function makeWasmLayers(): MakeLayerKernels | undefined {
  const instantiate = compileWasm(LAYERS_WASM);
  if (!instantiate) return undefined;
  return (count) => {
    const memory = makeWasmMemory(count * Float32Array.BYTES_PER_ELEMENT);
    const kernels = instantiate(memory) as Exports;
    return {
      floats: new Float32Array(memory.buffer),
      convolve: (c) =>
        kernels.convolve(
          c.input,
          c.time,
          c.channels,
          c.width,
          c.stride,
          c.before,
          c.groups,
          c.outTime,
          c.outputs,
          c.weights,
          c.bias,
          c.out,
          c.work,
        ),
      pool: (p) =>
        kernels.pool(
          p.input,
          p.time,
          p.channels,
          p.width,
          p.stride,
          p.before,
          p.isMax ? 1 : 0,
          p.outTime,
          p.out,
        ),
      maxWithZero: kernels.maxWithZero,
      addTables: kernels.addTables,
      placeColumns: kernels.placeColumns,
    };
  };
}
