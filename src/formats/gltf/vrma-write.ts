import { type Buffer, Document, Extension, type Node, WebIO, type WriterContext } from '@gltf-transform/core';
import { type Clip, type Curve, validateClip, type WorldPose } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { quatAt } from '../../math/quat.js';
import { vec3At } from '../../math/vec3.js';
import { warnOfLeftOut } from '../left-out.js';
import { nameList } from '../name-list.js';
import type { WrittenFile } from '../written-file.js';
import { addAttributes } from './attribute-writer.js';
import { addSkeleton } from './skeleton-writer.js';
import { tPoseOf } from './t-pose.js';
import { type AddTrack, addAnimation, rowsOfJoint } from './track-writer.js';
import { VRM_EXPRESSIONS, VRM_GAZE_EXPRESSIONS } from './vrm-names.js';
import { checkHumanBones } from './vrma-bones.js';
import { vrmaMotion } from './vrma-motion.js';

export interface WriteVrmaOptions {
  /**
   * World pose of the clip's skeleton in a T-pose: standing on the ground, facing +Z, arms along ±X. By
   * default it is made from the skeleton's rest pose.
   */
  readonly restPose?: WorldPose;
}

/**
 * Writes a clip as a VRMA (VRMC_vrm_animation 1.0), which holds the motion of a VRM humanoid.
 *
 * `humanBones` gives the joint of each VRM 1.0 bone (`leftUpperArm`). The format wants a rest pose that is a
 * T-pose: without `restPose` the skeleton's own is taken to be a person standing upright, is turned to face
 * +Z, and its arms are straightened along ±X. Turns of human bones in the world stay; what joints above and
 * between them do goes into the bones; places stay where lengths do. Joints that are no human bones stand
 * still in the file. Curves are expressions, events and rate are in the animation's extras.
 *
 * @throws GaitwayError `vrma/missing-bones`, `vrma/unknown-bone`, `vrma/bad-bones`, or `clip/…` where the clip
 *   is not valid.
 */
export async function writeVrma(
  clip: Clip,
  humanBones: Readonly<Record<string, number>>,
  { restPose }: WriteVrmaOptions = {},
): Promise<WrittenFile> {
  validateClip(clip);
  const { skeleton } = clip;
  const { joints } = skeleton;
  const { bones, warnings } = checkHumanBones(skeleton, humanBones);
  const hips = bones.get('hips') as number;
  const human = new Set(bones.values());
  const motion = vrmaMotion(
    clip,
    joints.map((_, j) => human.has(j)),
    hips,
    restPose ?? tPoseOf(skeleton, bones),
  );

  const document = new Document();
  document.getRoot().getAsset().generator = 'Gaitway';
  const buffer: Buffer = document.createBuffer();
  const rest = joints.map((joint, j) => ({
    ...joint,
    restRotation: quatAt(motion.rest.rotations, j),
    restTranslation: vec3At(motion.rest.translations, j),
  }));
  const { scene, nodes } = addSkeleton(document, { joints: rest });
  const add = addAnimation(document, buffer, clip, clip.name || 'clip');
  add(nodes[hips], 'translation', 3, Float32Array.from(motion.hips));
  for (const j of [...human].sort((a, b) => a - b))
    add(nodes[j], 'rotation', 4, rowsOfJoint(motion.rotations, 4, joints.length, j));
  const expressions = addExpressions(document, add, clip.curves);
  for (const node of expressions.values()) scene.addChild(node);

  const extension = document.createExtension(VrmAnimationExtension);
  extension.bones = new Map([...bones].map(([bone, j]) => [bone, nodes[j]]));
  extension.expressions = expressions;
  const attributes = addAttributes([clip], new Map(joints.map(({ name }, j) => [name, nodes[j]])), scene);
  const gaze = clip.curves.flatMap(({ name }) => (VRM_GAZE_EXPRESSIONS.includes(name) ? [name] : []));
  return {
    bytes: await new WebIO().registerExtensions([VrmAnimationExtension]).writeBinary(document),
    warnings: [
      ...warnings,
      ...attributes,
      ...leftOut('vrma/gaze-left-out', 'A VRMA holds no expressions of the gaze', gaze),
      ...changes(clip, motion.changed, human),
      ...warnOfLeftOut(clip, 'VRMA', ['scales']),
    ],
    renamed: [],
  };
}

/** Nodes by expression, whose translation along x is the curve. */
function addExpressions(document: Document, add: AddTrack, curves: readonly Curve[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { name, values } of curves) {
    if (nodes.has(name) || VRM_GAZE_EXPRESSIONS.includes(name)) continue;
    const node = document.createNode(name);
    nodes.set(name, node);
    const way = new Float32Array(3 * values.length);
    values.forEach((value, f) => {
      way[3 * f] = value;
    });
    add(node, 'translation', 3, way);
  }
  return nodes;
}

function changes({ skeleton }: Clip, changed: readonly number[], human: ReadonlySet<number>): Warning[] {
  const named = (isHuman: boolean): string[] =>
    changed.filter((j) => human.has(j) === isHuman).map((j) => skeleton.joints[j].name);
  return [
    ...leftOut(
      'vrma/translations-left-out',
      'In a VRMA only the hips move; these bones keep their turns and not their places, as they or joints above them change their length',
      named(true),
    ),
    ...leftOut(
      'vrma/joints-left-out',
      'A VRMA holds the motion of human bones alone; these joints stand still',
      named(false),
    ),
  ];
}

const leftOut = (code: string, what: string, names: readonly string[]): Warning[] =>
  names.length === 0 ? [] : [{ code, message: `${what}: ${nameList(names)}.` }];

/** What the document library needs to write `VRMC_vrm_animation`. */
class VrmAnimationExtension extends Extension {
  static override readonly EXTENSION_NAME = 'VRMC_vrm_animation';
  override readonly extensionName = 'VRMC_vrm_animation';
  bones: ReadonlyMap<string, Node> = new Map();
  expressions: ReadonlyMap<string, Node> = new Map();

  /** Files are read by our own reader; nothing is taken from them here. */
  read(): this {
    return this;
  }

  write({ jsonDoc, nodeIndexMap }: WriterContext): this {
    const places = (nodes: readonly (readonly [string, Node])[]): Record<string, { node: number }> =>
      Object.fromEntries(nodes.map(([name, node]) => [name, { node: nodeIndexMap.get(node) as number }]));
    const all = [...this.expressions];
    const preset = all.filter(([name]) => VRM_EXPRESSIONS.includes(name));
    const custom = all.filter(([name]) => !VRM_EXPRESSIONS.includes(name));
    jsonDoc.json.extensions = {
      ...jsonDoc.json.extensions,
      [this.extensionName]: {
        specVersion: '1.0',
        humanoid: { humanBones: places([...this.bones]) },
        ...(all.length > 0 && {
          expressions: {
            ...(preset.length > 0 && { preset: places(preset) }),
            ...(custom.length > 0 && { custom: places(custom) }),
          },
        }),
      },
    };
    return this;
  }
}
