import { rateHz, type Scene, uniqueNames } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { AFFINE_SIZE } from '../../math/affine.js';
import { restJoints } from '../rest-joints.js';
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
  nodes.joints.forEach((n, j) => {
    const pose = bound.get(n);
    if (pose) still.set(pose, j * AFFINE_SIZE);
  });
  return { skeleton: { joints: restJoints(names, sourceNames, parents, still) }, warnings };
}

function guesses(settings: FileSettings, takes: readonly FbxTake[]): string[] {
  if (settings.rate || takes.length === 0) return [];
  return [`The file names no frame rate; ${rateHz(takes[0].rate)} Hz fits its keys.`];
}
