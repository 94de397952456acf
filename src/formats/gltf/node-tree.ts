import { GaitwayError } from '../../errors.js';
import { humanoidBones } from './humanoid.js';
import type { GltfJson } from './schema.js';

/** The nodes of a file, with their parents found and an order in which parents come first. */
export interface NodeTree {
  /** [nodes], −1 for those without one */
  readonly parents: readonly number[];
  /** Node indices, parents before children, in the order of the file where that allows it. */
  readonly order: readonly number[];
}

const MOST_NODES = 200_000;

/**
 * Finds parents and order of all nodes.
 *
 * @throws GaitwayError `gltf/bad-nodes` where a child is not there, has two parents or is above itself.
 */
export function readNodeTree(gltf: GltfJson, file: string): NodeTree {
  const fail = (what: string): GaitwayError =>
    new GaitwayError('gltf/bad-nodes', `${file || 'The glTF file'}: ${what}.`, { file });
  const { nodes } = gltf;
  if (nodes.length > MOST_NODES)
    throw fail(`there are ${nodes.length} nodes; at most ${MOST_NODES} are read`);
  const parents = nodes.map(() => -1);
  nodes.forEach((node, n) => {
    for (const child of node.children) {
      if (child >= nodes.length) throw fail(`node ${n} has node ${child} as a child, which is not there`);
      if (parents[child] >= 0) throw fail(`node ${child} has two parents, ${parents[child]} and ${n}`);
      parents[child] = n;
    }
  });
  const order: number[] = [];
  const work = nodes.flatMap((_, n) => (parents[n] < 0 ? [n] : [])).reverse();
  while (work.length > 0) {
    const n = work.pop() as number;
    order.push(n);
    for (let c = nodes[n].children.length - 1; c >= 0; c--) work.push(nodes[n].children[c]);
  }
  if (order.length < nodes.length) throw fail('some nodes are above themselves');
  return { parents, order };
}

/**
 * Nodes that are joints: those of skins, those that `moved` says an animation moves, and the bones of a VRM
 * humanoid. A file that has none of these but animated morph targets gives their nodes (`fallback`).
 *
 * Gives node indices, parents first.
 *
 * @throws GaitwayError `gltf/bad-nodes` where one is not there, `gltf/no-joints` where there are none.
 */
export function findJoints(
  gltf: GltfJson,
  tree: NodeTree,
  moved: readonly number[],
  fallback: readonly number[],
  file: string,
): number[] {
  const joints = new Set<number>(moved);
  for (const skin of gltf.skins) for (const node of skin.joints) joints.add(node);
  for (const node of humanoidBones(gltf).values()) joints.add(node);
  if (joints.size === 0) for (const node of fallback) joints.add(node);
  for (const node of joints) {
    if (!(node < gltf.nodes.length))
      throw new GaitwayError(
        'gltf/bad-nodes',
        `${file || 'The glTF file'}: node ${node} is referred to but not there; export the file again.`,
        { file, node },
      );
  }
  if (joints.size === 0) {
    throw new GaitwayError(
      'gltf/no-joints',
      `${file || 'The glTF file'} has no skeleton: no skin, no animated node and no humanoid.`,
      { file },
    );
  }
  return tree.order.filter((node) => joints.has(node));
}
