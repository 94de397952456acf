import { ROW_TREE_WASM } from './generated/row-tree-wasm.js';
import { layOutRowTree, rowTreeBytes } from './row-tree.js';
import type { MakeRowTree } from './row-tree-kernels.js';

const PAGE = 65536;

/** As much of the platform's WebAssembly as is used here; not every set of types that this is read with has it. */
interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Memory: new (pages: { initial: number }) => { readonly buffer: ArrayBuffer };
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  };
}

/** What `assembly/index.ts` exports; places are bytes from the start of the memory. */
interface Exports {
  attach(...sizesAndPlaces: number[]): void;
  turnRows(count: number, out: number): void;
  arrange(): void;
  search(
    everyRow: number,
    byBoxes: number,
    weighted: number,
    required: number,
    forbidden: number,
    limit: number,
    slack: number,
  ): number;
}

/**
 * The kernels on the vector unit, each tree in a WebAssembly memory of its own; nothing where WebAssembly or its vector
 * instructions are missing or forbidden.
 *
 * They give, byte for byte, what `makePlainRowTree` gives.
 */
export function makeWasmRowTree(): MakeRowTree | undefined {
  const { WebAssembly } = globalThis as unknown as Platform;
  let module: object;
  try {
    module = new WebAssembly.Module(Uint8Array.from(atob(ROW_TREE_WASM), (letter) => letter.charCodeAt(0)));
  } catch {
    return undefined;
  }
  return (size, visit) => {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(rowTreeBytes(size) / PAGE) });
    const tree = layOutRowTree(memory.buffer, size);
    const { exports } = new WebAssembly.Instance(module, { env: { memory }, visit: { visit } });
    const kernels = exports as Exports;
    const { raw, matrix, values, ids, nodes, shells, boxes, marks, query, weights, work } = tree;
    const places = [raw, matrix, values, ids, nodes, shells, boxes, marks, query, weights, work];
    kernels.attach(
      tree.rowCount,
      tree.dimension,
      tree.columnCount,
      tree.leafCount,
      tree.boxedCount,
      Number(tree.isMarked),
      tree.leastBias,
      ...places.map(({ byteOffset }) => byteOffset),
    );
    return {
      tree,
      turnRows: (count, out) => kernels.turnRows(count, out.byteOffset),
      arrange: () => kernels.arrange(),
      // Numbers, since the border of WebAssembly is slow for everything else.
      search: ({ everyRow, byBoxes, weighted, required, forbidden }, limit, slack) =>
        kernels.search(
          everyRow ? 1 : 0,
          byBoxes ? 1 : 0,
          weighted ? 1 : 0,
          required,
          forbidden,
          limit,
          slack,
        ),
    };
  };
}
