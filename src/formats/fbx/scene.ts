import { rateHz, type Scene, uniqueNames } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { AFFINE_SIZE, type Affine, rotationOfAffine } from '../../math/affine.js';
import { conjugate, multiply, type Quat, rotate } from '../../math/quat.js';
import { subtract, type Vec3 } from '../../math/vec3.js';
import { bindPoses } from './bind-pose.js';
import { type FbxDocument, resolveDocument } from './document.js';
import { findJoints, type SceneNodes } from './joints.js';
import {
  blendRotation,
  blendScaling,
  blendTranslation,
  channelKey,
  isAnimated,
  type Layer,
} from './layers.js';
import type { FbxTree } from './node.js';
import {
  eulerRotation,
  type LocalTransform,
  localTransform,
  type NodeTransform,
  readNodeTransform,
} from './node-transform.js';
import { type FileSettings, readSettings } from './settings.js';
import { type FbxTake, readTakes } from './takes.js';
import { WorldTransforms } from './world-transforms.js';

const PASSED_OVER = new Set(['Constraint', 'Character', 'ControlSetPlug', 'CharacterPose']);

/**
 * The scene of an FBX file: joints in metres, Y up, any take at any time.
 *
 * @throws GaitwayError `fbx/too-old`, `fbx/no-joints`.
 */
export function makeFbxScene(tree: FbxTree, file: string): Scene {
  const document = resolveDocument(tree, file);
  const settings = readSettings(document);
  const takes = readTakes(document, settings);
  const nodes = findJoints(document, takes);
  if (nodes.joints.length === 0) {
    throw new GaitwayError(
      'fbx/no-joints',
      `${file} has no skeleton: no limb nodes, no skin, nothing animated. Export the armature together with the animation.`,
      { file },
    );
  }
  const transforms = nodes.models.map((model) => readNodeTransform(document, model));
  const evaluator = new Evaluator(nodes, transforms, takes, settings);
  const { skeleton, warnings } = makeSkeleton(document, nodes, evaluator, settings);
  return {
    skeleton,
    takes: takes.map(({ name, rate, duration }) => ({
      name,
      rate,
      duration,
      frameCount: Math.floor(duration * rateHz(rate) + 1e-4) + 1,
      events: [],
      curveNames: [],
    })),
    attributes: [],
    source: {
      file,
      format: 'fbx',
      unitMetres: settings.unitMetres,
      axes: settings.axesText,
      guesses: guesses(settings, takes),
    },
    warnings: [...warnings, ...passedOver(document)],
    evaluate: (take, time, out) => evaluator.evaluate(take, time, out),
  };
}

/** Poses of all nodes at a time, in file units and axes, turned into canonical ones on the way out. */
class Evaluator {
  private readonly world: WorldTransforms;
  private readonly still: readonly LocalTransform[];
  private readonly moving = new Map<number, ReadonlySet<number>>();

  constructor(
    private readonly nodes: SceneNodes,
    private readonly transforms: readonly NodeTransform[],
    private readonly takes: readonly FbxTake[],
    private readonly settings: FileSettings,
  ) {
    this.world = new WorldTransforms(nodes.parents, transforms);
    this.still = transforms.map((t) =>
      localTransform(t, t.translation, eulerRotation(t.order, t.rotation), t.scaling),
    );
    for (const [index, take] of takes.entries()) this.moving.set(index, this.animatedNodes(take.layers));
  }

  private animatedNodes(layers: readonly Layer[]): Set<number> {
    const out = new Set<number>();
    this.nodes.models.forEach((model, n) => {
      const animated = ['Lcl Translation', 'Lcl Rotation', 'Lcl Scaling'].some((name) =>
        isAnimated(layers, channelKey(model.id, name)),
      );
      if (animated) out.add(n);
    });
    return out;
  }

  evaluate(takeIndex: number, time: number, out: Affine): void {
    const take = this.takes[takeIndex];
    const moving = this.moving.get(takeIndex);
    const { ticksPerSecond, unitMetres, axes } = this.settings;
    const inside = take ? Math.min(Math.max(time, 0), take.duration) : 0;
    const seconds = take ? Math.round((take.start + inside) * ticksPerSecond) / ticksPerSecond : 0;
    for (let n = 0; n < this.nodes.models.length; n++) {
      this.world.place(n, take && moving?.has(n) ? this.localAt(n, take.layers, seconds) : this.still[n]);
    }
    for (const [j, n] of this.nodes.joints.entries())
      this.world.write(n, axes, unitMetres, out, j * AFFINE_SIZE);
  }

  private localAt(n: number, layers: readonly Layer[], seconds: number): LocalTransform {
    const node = this.transforms[n];
    const { id } = this.nodes.models[n];
    return localTransform(
      node,
      blendTranslation(layers, channelKey(id, 'Lcl Translation'), node.translation, seconds),
      blendRotation(layers, channelKey(id, 'Lcl Rotation'), node.rotation, node.order, seconds),
      blendScaling(layers, channelKey(id, 'Lcl Scaling'), node.scaling, seconds),
    );
  }
}

/** The joints with their rest pose: the bind pose where the file has one, else the models' own transforms. */
function makeSkeleton(
  document: FbxDocument,
  nodes: SceneNodes,
  evaluator: Evaluator,
  settings: FileSettings,
): Pick<Scene, 'skeleton' | 'warnings'> {
  const sourceNames = nodes.joints.map((n) => nodes.models[n].name);
  const { names, warnings } = uniqueNames(sourceNames);
  const jointOfNode = new Map(nodes.joints.map((n, j) => [n, j]));
  const parents = nodes.joints.map((n) => {
    let above = nodes.parents[n];
    while (above >= 0 && !jointOfNode.has(above)) above = nodes.parents[above];
    return above >= 0 ? (jointOfNode.get(above) as number) : -1;
  });
  const still = new Float64Array(nodes.joints.length * AFFINE_SIZE);
  evaluator.evaluate(-1, 0, still);
  const bound = bindPoses(document, nodes, settings);
  const turns: Quat[] = [];
  const places: Vec3[] = [];
  const problems: Warning[] = [];
  const joints = names.map((name, j) => {
    const parent = parents[j];
    const stillAt = j * AFFINE_SIZE;
    const own = rotationOfAffine(
      bound.get(nodes.joints[j]) ?? still,
      bound.has(nodes.joints[j]) ? 0 : stillAt,
    ).rotation;
    const source = bound.get(nodes.joints[j]) ?? still.subarray(stillAt, stillAt + AFFINE_SIZE);
    turns[j] = own;
    places[j] = [source[9], source[10], source[11]];
    const up = parent < 0 ? undefined : conjugate(turns[parent]);
    return {
      name,
      parent,
      sourceName: sourceNames[j],
      restTranslation: up ? rotate(up, subtract(places[j], places[parent])) : places[j],
      restRotation: up ? multiply(up, own) : own,
      restScale: [1, 1, 1] as Vec3,
    };
  });
  return { skeleton: { joints }, warnings: [...warnings, ...problems] };
}

function guesses(settings: FileSettings, takes: readonly FbxTake[]): string[] {
  if (settings.rate || takes.length === 0) return [];
  return [`The file names no frame rate; ${rateHz(takes[0].rate)} Hz fits its keys.`];
}

/** What is in the file and was not read, by kind. */
function passedOver(document: FbxDocument): Warning[] {
  const counts = new Map<string, number>();
  for (const { kind } of document.objects.values())
    if (PASSED_OVER.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({
    code: 'fbx/passed-over',
    message: `${count} object(s) of kind ${kind} were passed over; bake them into the skeleton if they move it.`,
  }));
}
