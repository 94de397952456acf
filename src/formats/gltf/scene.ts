import { rateHz, type Scene, uniqueNames } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { AFFINE_SIZE } from '../../math/affine.js';
import type { ReadOptions } from '../read-options.js';
import { restJoints } from '../rest-joints.js';
import { type GltfAnimation, readAnimations } from './animation.js';
import { readAttributes } from './attributes.js';
import { sortChannels } from './channels.js';
import { splitGltf } from './container.js';
import { humanoidBones } from './humanoid.js';
import { findJoints, type NodeTree, readNodeTree } from './node-tree.js';
import { makeEvaluate } from './pose.js';
import { guessRate } from './rate-guess.js';
import { checkGltf } from './schema.js';

/** Times are float32: a last frame may lie this share, and this part of a frame, before its place. */
const FLOAT32_SHARE = 2 ** -23;
const SHORT_BY = 1e-3;

/**
 * Reads a .glb, .gltf, .vrm or .vrma into a scene.
 *
 * Joints are the nodes of skins, animated nodes and humanoid bones; what stands above and between them (an
 * Armature, its scale) is part of their places. Time 0 is the file's 0. Poses are those of the file at any
 * time: LINEAR, STEP and CUBICSPLINE as glTF defines them. Animated morph weights, and a VRMA's expressions, are
 * float curves; extras of joints, scene, asset and animations are attributes.
 *
 * @throws GaitwayError with a code `gltf/…`, or what `resource` throws.
 */
export async function readGltf(bytes: Uint8Array, options: ReadOptions): Promise<Scene> {
  const { file } = options;
  const { json, binary } = splitGltf(bytes, file);
  const gltf = checkGltf(json, file);
  const tree = readNodeTree(gltf, file);
  const { channels, warnings: leftOut } = sortChannels(gltf, file);
  const nodesOf = (kind: 'node' | 'curves'): number[] =>
    channels.flatMap((own) => own.filter((channel) => channel.kind === kind).map(({ node }) => node));
  const nodes = findJoints(gltf, tree, nodesOf('node'), nodesOf('curves'), file);
  const source = { file, binary, resource: options.resource };
  const { animations, warnings: unread } = await readAnimations(gltf, channels, source, options.onProgress);
  const warnings = [...leftOut, ...unread];
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
  const { attributes, warnings: unreadExtras } = readAttributes(gltf, nodes, names);
  const takes = animations.map((animation) => takeOf(animation, warnings));
  return {
    skeleton: { joints: restJoints(names, sourceNames, parentsAmong(nodes, tree), rest) },
    takes,
    attributes,
    source: {
      file,
      format: 'gltf',
      unitMetres: 1,
      axes: 'Y up',
      guesses: animations.some(({ statedRate }) => !statedRate)
        ? ['glTF states no frame rate; it was told from the times of the keys.']
        : [],
    },
    warnings: [...warnings, ...renamed, ...unreadExtras],
    ...(bones.size > 0 && {
      humanoid: Object.fromEntries([...bones].map(([bone, node]) => [bone, nodes.indexOf(node)])),
    }),
    evaluate,
    evaluateCurves(take, time, out) {
      animations[take].curves.sample(time, out);
    },
  };
}

function takeOf(animation: GltfAnimation, warnings: Warning[]): Scene['takes'][number] {
  const { name, duration, events, curves } = animation;
  const { rate, fits } = guessRate(animation);
  if (!fits) {
    warnings.push({
      code: 'gltf/rate-unsure',
      message: `The keys of "${name}" lie on the frames of no usual rate; ${rateHz(rate)} frames per second are assumed.`,
    });
  }
  const slack = SHORT_BY + FLOAT32_SHARE * duration * rateHz(rate);
  const frameCount = Math.floor(duration * rateHz(rate) + slack) + 1;
  return { name, rate, frameCount, duration, events, curveNames: curves.names };
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
