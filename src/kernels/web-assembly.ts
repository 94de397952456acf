/** As much of the platform's WebAssembly as is used here; not every set of types that this is read with has it. */
interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Memory: new (pages: { initial: number }) => WasmMemory;
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  };
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const PAGE = 65536;

/** Makes a memory of at least so many bytes, all zero. Throws `RangeError` where there is none to be had. */
export function makeWasmMemory(bytes: number): WasmMemory {
  const { WebAssembly } = globalThis as unknown as Platform;
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
}

/** Gives the exports of a compiled module in a memory; `imports` are what else it asks for. */
export type Instantiate = (memory: WasmMemory, imports?: object) => unknown;

/**
 * Compiles a module that uses vector instructions, whose bytes are given in base64; nothing where WebAssembly or its
 * vectors are missing or forbidden.
 */
export function compileWasm(base64: string): Instantiate | undefined {
  const { WebAssembly } = globalThis as unknown as Platform;
  let module: object;
  try {
    module = new WebAssembly.Module(bytesOf(base64));
  } catch {
    return undefined;
  }
  return (memory, imports) => new WebAssembly.Instance(module, { env: { memory }, ...imports }).exports;
}

/** A loop: `Uint8Array.from` takes twenty times as long, which shows where clips are short. */
function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
