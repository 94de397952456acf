import { createHash } from 'node:crypto';
import {
  type Clip,
  type Joint,
  keepSignsContinuous,
  makeRate,
  type Skeleton,
  validateClip,
} from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { normaliseQuat, quatAt, setQuat } from '../../math/quat.js';
import type { PullResult, UeBone } from '../protocol/index.js';
import {
  CM_PER_METRE,
  positionFromUe,
  positionsFromUe,
  positionsToUe,
  rotationFromUe,
  rotationsToUe,
  scalesToUe,
  scaleToUe,
} from '../ue-space.js';
import { marksOfPull } from './unreal-attribute.js';

/** A clip's numbers as the plugin wants them (see protocol/calls.ts), with what describes them. */
export interface ClipBlock {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  readonly hash: string;
  readonly keys: number;
  readonly bones: readonly string[];
  readonly hasScales: boolean;
  readonly curves: readonly string[];
}

/** Packs a clip: Unreal's axes, centimetres, little-endian float32. */
export function clipToBlock(clip: Clip): ClipBlock {
  const { joints } = clip.skeleton;
  const positions = clip.translations.length;
  const rotations = clip.rotations.length;
  const scales = clip.scales?.length ?? 0;
  const values = new Float32Array(positions + rotations + scales + clip.curves.length * clip.frameCount);
  const take = partsOf(values);
  positionsToUe(clip.translations, take(positions));
  rotationsToUe(clip.rotations, take(rotations));
  if (clip.scales) scalesToUe(clip.scales, take(scales));
  for (const curve of clip.curves) take(clip.frameCount).set(curve.values);
  const bytes = new Uint8Array(values.buffer);
  return {
    bytes,
    hash: hashOf(bytes),
    keys: clip.frameCount,
    bones: joints.map((joint) => joint.name),
    hasScales: clip.scales !== undefined,
    curves: clip.curves.map((curve) => curve.name),
  };
}

/** Hands out one stretch of `values` after the other. */
function partsOf(values: Float32Array): (length: number) => Float32Array {
  let at = 0;
  return (length) => {
    at += length;
    return values.subarray(at - length, at);
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Unpacks what was pulled into a clip on the asset's own skeleton.
 *
 * @throws GaitwayError `bridge/bad-block` where the block does not fit its description, or what `validateClip`
 *   throws.
 */
export function clipOfBlock(bytes: Uint8Array, pulled: PullResult): Clip {
  const { keys, bones, curves: names } = pulled;
  const positions = 3 * keys * bones.length;
  const rotationCount = 4 * keys * bones.length;
  const wanted = 4 * (positions * (pulled.hasScales ? 2 : 1) + rotationCount + keys * names.length);
  if (bytes.length !== wanted || hashOf(bytes) !== pulled.contentHash) {
    throw new GaitwayError(
      'bridge/bad-block',
      `${bytes.length} bytes came for ${pulled.asset}, ${wanted} are wanted, or they were damaged on the way; pull again.`,
      { asset: pulled.asset, bytes: bytes.length, wanted },
    );
  }
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const take = partsOf(values);
  const translations = new Float64Array(positions);
  positionsFromUe(take(positions), translations);
  const rotations = new Float64Array(rotationCount);
  rotationsToUe(take(rotationCount), rotations);
  // The editor tells rotations in six decimals, so they are unit to about a millionth.
  for (let i = 0; i < rotationCount / 4; i++) setQuat(rotations, i, normaliseQuat(quatAt(rotations, i)));
  keepSignsContinuous(rotations, bones.length);
  const scales = pulled.hasScales ? new Float64Array(positions) : undefined;
  if (scales) scalesToUe(take(positions), scales);
  const rate = makeRate(pulled.rate.numerator, pulled.rate.denominator);
  return validateClip({
    name: pulled.asset.slice(pulled.asset.lastIndexOf('/') + 1),
    skeleton: skeletonOfBones(bones),
    rate,
    frameCount: keys,
    rotations,
    translations,
    ...(scales && { scales }),
    curves: names.map((name) => ({ name, values: Float64Array.from(take(keys)) })),
    ...marksOfPull(pulled),
    source: {
      file: pulled.asset,
      format: 'unreal',
      take: '',
      unitMetres: 1 / CM_PER_METRE,
      axes: 'Z up, left-handed, turned to Y up',
      rate,
      guesses: [],
    },
    warnings: warningsOf(pulled),
  });
}

function warningsOf({ asset, settings: { additive_anim_type: type } }: PullResult): Warning[] {
  if (type === 'AAT_NONE') return [];
  const message = `${asset} is additive (${type}); it was pulled as it looks on top of its base pose.`;
  return [{ code: 'bridge/additive', message }];
}

/** The canonical skeleton of an editor's bones, their reference pose as rest pose. */
export function skeletonOfBones(bones: readonly UeBone[]): Skeleton {
  return {
    joints: bones.map(
      (bone): Joint => ({
        name: bone.name,
        parent: bone.parent,
        restTranslation: positionFromUe(bone.translation),
        restRotation: normaliseQuat(rotationFromUe(bone.rotation)),
        restScale: scaleToUe(bone.scale),
        sourceName: bone.name,
      }),
    ),
  };
}
