import { GaitwayError } from '../errors.js';
import { ROW_TREE_WASM } from './generated/row-tree-wasm.js';
import { layOutRowTree, type RowTreeSize, rowTreeBytes } from './row-tree.js';
import type { MakeRowTree } from './row-tree-kernels.js';
import { compileWasm, makeWasmMemory, type WasmMemory } from './web-assembly.js';

/** What `assembly/row-tree/index.ts` exports; places are bytes from the start of the memory. */
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
 * They give, byte for byte, what `makePlainRowTree` gives. A tree for which no memory is to be had is refused with
 * `search/out-of-memory`.
 */
export function makeWasmRowTree(): MakeRowTree | undefined {
  const instantiate = compileWasm(ROW_TREE_WASM);
  if (!instantiate) return undefined;
  return (size, visit) => {
    const memory = allocate(size);
    const tree = layOutRowTree(memory.buffer, size);
    const kernels = instantiate(memory, { visit: { visit } }) as Exports;
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

function allocate(size: RowTreeSize): WasmMemory {
  const bytes = rowTreeBytes(size);
  try {
    return makeWasmMemory(bytes);
  } catch (cause) {
    throw new GaitwayError(
      'search/out-of-memory',
      `To search ${size.rowCount} rows of ${size.dimension} numbers takes ${Math.ceil(bytes / 2 ** 20)} MiB, and no such memory is to be had; close other programs, or prune the database.`,
      { rows: size.rowCount, dimension: size.dimension, bytes },
      cause,
    );
  }
}
