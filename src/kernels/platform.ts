const PAGE = 65536;

/** As much of the platform's WebAssembly as is used here; not every set of types that this is read with has it. */
interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Memory: new (pages: { initial: number }) => { readonly buffer: ArrayBuffer };
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  };
}

/** Compiled kernels, which are given a memory of their own with each instance. */
export interface CompiledKernels {
  /** A memory of at least so many bytes; throws what the platform throws where it has none. */
  allocate(bytes: number): { readonly buffer: ArrayBuffer };
  /** What the kernels export, on a memory. */
  instantiate(memory: object, imports?: object): unknown;
}

/** Compiles kernels from their base64; nothing where WebAssembly or its vector instructions are missing or forbidden. */
export function compileKernels(base64: string): CompiledKernels | undefined {
  const { WebAssembly } = globalThis as unknown as Platform;
  let module: object;
  try {
    module = new WebAssembly.Module(bytesOf(base64));
  } catch {
    return undefined;
  }
  return {
    allocate: (bytes) => new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) }),
    instantiate: (memory, imports = {}) =>
      new WebAssembly.Instance(module, { env: { memory }, ...imports }).exports,
  };
}

function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
