import { rateHz, type Scene, uniqueNames } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { AFFINE_SIZE, type Affine, composeAffine, multiplyAffine } from '../../math/affine.js';
import { IDENTITY, normaliseQuat, type Quat } from '../../math/quat.js';
import { type Vec3, ZERO } from '../../math/vec3.js';
import type { ReadOptions } from '../read-options.js';
import { restJoints } from '../rest-joints.js';
import { type GltfAnimation, readAnimations } from './animation.js';
import { splitGltf } from './container.js';
import { humanoidBones } from './humanoid.js';
import { findJoints, type NodeTree, readNodeTree } from './node-tree.js';
import { guessRate } from './rate-guess.js';
import { checkGltf, type GltfJson } from './schema.js';
import { rotationAt, type Track, vectorAt } from './track.js';

const ONE: Vec3 = [1, 1, 1];

/**
 * Reads a .glb, .gltf, .vrm or .vrma into a scene.
 *
 * Joints are the nodes of skins, animated nodes and humanoid bones; what stands above and between them (an
 * Armature, its scale) is part of their places. Time 0 is the file's 0. Poses are those of the file at any
 * time: LINEAR, STEP and CUBICSPLINE as glTF defines them.
 *
 * @throws GaitwayError with a code `gltf/…`, or what `resource` throws.
 */
export async function readGltf(bytes: Uint8Array, options: ReadOptions): Promise<Scene> {
  const { file } = options;
  const { json, binary } = splitGltf(bytes, file);
  const gltf = checkGltf(json, file);
  const tree = readNodeTree(gltf, file);
  const nodes = findJoints(gltf, tree, file);
  const { animations, warnings } = await readAnimations(gltf, { file, binary, resource: options.resource });
  if (options.unit !== undefined || options.up !== undefined) {
    warnings.push({
      code: 'gltf/unit-stated',
      message: 'glTF is always in metres with Y up; the unit and axis that were given are not used.',
    });
  }
  const evaluate = makeEvaluate(gltf, tree, nodes, animations);
  const rest = new Float64Array(AFFINE_SIZE * nodes.length);
  evaluate(-1, 0, rest);
  const sourceNames = nodes.map((node) => gltf.nodes[node].name ?? '');
  const { names, warnings: renamed } = uniqueNames(sourceNames);
  const bones = humanoidBones(gltf);
  const takes = animations.map((animation) => takeOf(animation, warnings));
  return {
    skeleton: { joints: restJoints(names, sourceNames, parentsAmong(nodes, tree), rest) },
    takes,
    attributes: [],
    source: {
      file,
      format: 'gltf',
      unitMetres: 1,
      axes: 'Y up',
      guesses: animations.some(({ statedRate }) => !statedRate)
        ? ['glTF states no frame rate; it was told from the times of the keys.']
        : [],
    },
    warnings: [...warnings, ...renamed],
    ...(bones.size > 0 && {
      humanoid: Object.fromEntries([...bones].map(([bone, node]) => [bone, nodes.indexOf(node)])),
    }),
    evaluate,
  };
}

function takeOf(animation: GltfAnimation, warnings: Warning[]): Scene['takes'][number] {
  const { name, duration } = animation;
  const { rate, fits } = guessRate(animation);
  if (!fits) {
    warnings.push({
      code: 'gltf/rate-unsure',
      message: `The keys of "${name}" lie on the frames of no usual rate; ${rateHz(rate)} frames per second are assumed.`,
    });
  }
  // Key times are float32, so the last frame may lie a hair's breadth before its place.
  const frameCount = Math.floor(duration * rateHz(rate) + 1e-3) + 1;
  return { name, rate, frameCount, duration, events: [], curveNames: [] };
}

/** For every joint, the index of the nearest joint above it. */
function parentsAmong(nodes: readonly number[], tree: NodeTree): number[] {
  const jointOf = new Map(nodes.map((node, j) => [node, j]));
  // Nearest joint at or above each node; parents come first in the order.
  const nearest = new Map<number, number>();
  for (const node of tree.order) {
    const above = tree.parents[node] < 0 ? -1 : (nearest.get(tree.parents[node]) as number);
    nearest.set(node, jointOf.get(node) ?? above);
  }
  return nodes.map((node) => (tree.parents[node] < 0 ? -1 : (nearest.get(tree.parents[node]) as number)));
}

interface LocalNode {
  readonly translation: Vec3;
  readonly rotation: Quat;
  readonly scale: Vec3;
  readonly matrix: Affine | undefined;
}

function makeEvaluate(
  gltf: GltfJson,
  tree: NodeTree,
  joints: readonly number[],
  animations: readonly GltfAnimation[],
): Scene['evaluate'] {
  const rest: LocalNode[] = gltf.nodes.map((node) => ({
    translation: node.translation ?? ZERO,
    rotation: node.rotation ? normaliseQuat(node.rotation) : IDENTITY,
    scale: node.scale ?? ONE,
    matrix: node.matrix && affineOf(node.matrix),
  }));
  // Only joints and what stands above them is worth working out.
  const needed = new Set<number>();
  for (let node of joints) {
    for (; node >= 0 && !needed.has(node); node = tree.parents[node]) needed.add(node);
  }
  const order = tree.order.filter((node) => needed.has(node));
  const tracksOf = animations.map(({ tracks }) => {
    const byNode = new Map<number, Track[]>();
    for (const track of tracks) byNode.set(track.node, [...(byNode.get(track.node) ?? []), track]);
    return byNode;
  });
  const local = new Float64Array(AFFINE_SIZE);
  const world = new Float64Array(AFFINE_SIZE * gltf.nodes.length);
  return (take, time, out) => {
    const tracks = take < 0 ? undefined : tracksOf[take];
    for (const node of order) {
      writeLocal(rest[node], tracks?.get(node), time, local);
      const parent = tree.parents[node];
      if (parent < 0) world.set(local, AFFINE_SIZE * node);
      else multiplyAffine(world, AFFINE_SIZE * parent, local, 0, world, AFFINE_SIZE * node);
    }
    joints.forEach((node, j) => {
      const at = AFFINE_SIZE * node;
      out.set(world.subarray(at, at + AFFINE_SIZE), AFFINE_SIZE * j);
    });
  };
}

function writeLocal(node: LocalNode, tracks: readonly Track[] | undefined, time: number, out: Affine): void {
  if (!tracks && node.matrix) {
    out.set(node.matrix);
    return;
  }
  let { translation, rotation, scale } = node;
  for (const track of tracks ?? []) {
    if (track.path === 'rotation') rotation = rotationAt(track, time);
    else if (track.path === 'translation') translation = vectorAt(track, time);
    else scale = vectorAt(track, time);
  }
  composeAffine(translation, rotation, scale, out);
}

/** The 12 numbers of a column-major 4×4 matrix that an affine map needs. */
const affineOf = (m: readonly number[]): Affine =>
  Float64Array.of(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10], m[12], m[13], m[14]);
