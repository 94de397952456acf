import type { Scene } from '../../clip/index.js';
import {
  AFFINE_SIZE,
  type Affine,
  composeAffineRow,
  multiplyAffine,
  translationOfAffine,
} from '../../math/affine.js';
import { AFFINE_PARTS, SCALE_AT, splitAffine } from '../../math/affine-parts.js';
import type { GltfAnimation } from './animation.js';
import type { NodeTree } from './node-tree.js';
import type { GltfJson } from './schema.js';
import { normaliseRow, sampleNumbers, sampleRotation, type Track } from './track.js';

/** Translation [x, y, z], rotation [x, y, z, w], scale [x, y, z]. */
const ROW = 10;
const PART_AT = { translation: 0, rotation: 3, scale: 7 } as const;

interface MovedNode {
  /** Place among the nodes that are worked out. */
  readonly slot: number;
  readonly tracks: readonly Track[];
}

/**
 * The `evaluate` of a scene: world matrices of `joints` (node indices).
 *
 * Only joints and what stands above them is worked out, and only nodes that the take moves are composed
 * anew; nothing is allocated per call.
 */
export function makeEvaluate(
  gltf: GltfJson,
  tree: NodeTree,
  joints: readonly number[],
  animations: readonly GltfAnimation[],
): Scene['evaluate'] {
  const needed = new Set<number>();
  for (let node of joints) {
    for (; node >= 0 && !needed.has(node); node = tree.parents[node]) needed.add(node);
  }
  const order = tree.order.filter((node) => needed.has(node));
  const slotOf = new Map(order.map((node, slot) => [node, slot]));
  const parents = Int32Array.from(order, (node) => slotOf.get(tree.parents[node]) ?? -1);
  const jointSlots = Int32Array.from(joints, (node) => slotOf.get(node) as number);

  const rest = new Float64Array(ROW * order.length);
  const restLocals = new Float64Array(AFFINE_SIZE * order.length);
  order.forEach((node, slot) => {
    writeRest(gltf.nodes[node], rest, slot, restLocals);
  });
  // Takes are sorted when they are first asked for: files of many takes are mostly opened for one.
  const moved = new Map<number, readonly MovedNode[]>([[-1, []]]);

  const row = new Float64Array(ROW);
  const locals = Float64Array.from(restLocals);
  const worlds = new Float64Array(AFFINE_SIZE * order.length);
  let lastTake = -1;
  let nodes: readonly MovedNode[] = [];
  return (take, time, out) => {
    if (take !== lastTake) {
      locals.set(restLocals);
      nodes = moved.get(take) ?? movedNodes(animations[take].tracks, slotOf);
      moved.set(take, nodes);
      lastTake = take;
    }
    for (const { slot, tracks } of nodes) {
      for (let k = 0; k < ROW; k++) row[k] = rest[ROW * slot + k];
      for (const track of tracks) {
        if (track.path === 'rotation') sampleRotation(track, time, row, PART_AT.rotation);
        else sampleNumbers(track, time, row, PART_AT[track.path]);
      }
      composeAffineRow(row, 0, locals, AFFINE_SIZE * slot);
    }
    for (let slot = 0; slot < parents.length; slot++) {
      const at = AFFINE_SIZE * slot;
      if (parents[slot] < 0) for (let k = at; k < at + AFFINE_SIZE; k++) worlds[k] = locals[k];
      else multiplyAffine(worlds, AFFINE_SIZE * parents[slot], locals, at, worlds, at);
    }
    for (let j = 0; j < jointSlots.length; j++) {
      const from = AFFINE_SIZE * jointSlots[j];
      for (let k = 0; k < AFFINE_SIZE; k++) out[AFFINE_SIZE * j + k] = worlds[from + k];
    }
  };
}

function movedNodes(tracks: readonly Track[], slotOf: ReadonlyMap<number, number>): MovedNode[] {
  const bySlot = new Map<number, Track[]>();
  for (const track of tracks) {
    const slot = slotOf.get(track.node);
    if (slot === undefined) continue;
    const listed = bySlot.get(slot);
    if (listed) listed.push(track);
    else bySlot.set(slot, [track]);
  }
  return [...bySlot].map(([slot, own]) => ({ slot, tracks: own }));
}

/** Writes a node's own transform as a row and as a matrix; a matrix is taken apart for the row alone. */
function writeRest(node: GltfJson['nodes'][number], rest: Float64Array, slot: number, locals: Affine): void {
  const at = ROW * slot;
  if (node.matrix) {
    const matrix = affineOf(node.matrix);
    const parts = new Float64Array(AFFINE_PARTS);
    splitAffine(matrix, 0, parts);
    rest.set(translationOfAffine(matrix), at);
    rest.set(parts.subarray(0, 4), at + PART_AT.rotation);
    rest.set(parts.subarray(SCALE_AT, SCALE_AT + 3), at + PART_AT.scale);
    locals.set(matrix, AFFINE_SIZE * slot);
    return;
  }
  rest.set(node.translation ?? [0, 0, 0], at);
  rest.set(node.rotation ?? [0, 0, 0, 1], at + PART_AT.rotation);
  normaliseRow(rest, at + PART_AT.rotation);
  rest.set(node.scale ?? [1, 1, 1], at + PART_AT.scale);
  composeAffineRow(rest, at, locals, AFFINE_SIZE * slot);
}

/** The 12 numbers of a column-major 4×4 matrix that an affine map needs. */
const affineOf = (m: readonly number[]): Affine =>
  Float64Array.of(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10], m[12], m[13], m[14]);
