import { rateHz, type Scene, uniqueNames } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { AFFINE_SIZE, rotationOfAffine } from '../../math/affine.js';
import { conjugate, multiply, type Quat, rotate } from '../../math/quat.js';
import { subtract, type Vec3 } from '../../math/vec3.js';
import { readAttributes } from './attributes.js';
import { bindPoses } from './bind-pose.js';
import { type FbxDocument, resolveDocument } from './document.js';
import { Evaluator } from './evaluator.js';
import { floatAt, readFloatCurves } from './float-curves.js';
import { findJoints, type SceneNodes } from './joints.js';
import type { FbxTree } from './node.js';
import { readNodeTransform } from './node-transform.js';
import { listed, warnOfPassedOver } from './passed-over.js';
import { readCurves } from './read-curves.js';
import type { ReadingProgress } from './reading-progress.js';
import { type FileSettings, readSettings } from './settings.js';
import { type FbxTake, readTakes } from './takes.js';

/**
 * The scene of an FBX file: joints in metres, Y up, any take at any time.
 *
 * @throws GaitwayError `fbx/too-old`, `fbx/no-joints`.
 */
export async function makeFbxScene(tree: FbxTree, file: string, progress: ReadingProgress): Promise<Scene> {
  const document = resolveDocument(tree, file);
  const settings = readSettings(document);
  const curves = await readCurves(document, settings.ticksPerSecond, progress);
  const takes = readTakes(document, settings, curves);
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
  const floats = takes.map((take) => readFloatCurves(document, take, nodes.models));
  const leftOut = [...new Set(floats.flatMap((found) => found.leftOut))];
  if (leftOut.length > 0) {
    warnings.push({
      code: 'fbx/track-left-out',
      message: `Animated properties that place no joint and no user made are left out: ${listed(leftOut)}.`,
    });
  }
  const jointNames = new Map(nodes.joints.map((n, j) => [nodes.models[n], skeleton.joints[j].name] as const));
  return {
    skeleton,
    takes: takes.map(({ name, rate, duration }, t) => ({
      name,
      rate,
      duration,
      frameCount: Math.floor(duration * rateHz(rate) + 1e-4) + 1,
      events: [],
      curveNames: floats[t].curves.map((curve) => curve.name),
    })),
    attributes: readAttributes(document, nodes.models, jointNames, takes),
    source: {
      file,
      format: 'fbx',
      unitMetres: settings.unitMetres,
      axes: settings.axesText,
      guesses: guesses(settings, takes),
    },
    warnings: [...warnings, ...warnOfPassedOver(document)],
    evaluate: (take, time, out) => evaluator.evaluate(take, time, out),
    evaluateCurves(take, time, out) {
      const { start, duration } = takes[take];
      const seconds = start + Math.min(Math.max(time, 0), duration);
      floats[take].curves.forEach((curve, c) => {
        out[c] = floatAt(curve, seconds);
      });
    },
  };
}

/** The joints with their rest pose: the bind pose where the file has one, else the models' own transforms. */
function makeSkeleton(
  document: FbxDocument,
  nodes: SceneNodes,
  evaluator: Evaluator,
  settings: FileSettings,
): { skeleton: Scene['skeleton']; warnings: Warning[] } {
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
  return { skeleton: { joints }, warnings };
}

function guesses(settings: FileSettings, takes: readonly FbxTake[]): string[] {
  if (settings.rate || takes.length === 0) return [];
  return [`The file names no frame rate; ${rateHz(takes[0].rate)} Hz fits its keys.`];
}
