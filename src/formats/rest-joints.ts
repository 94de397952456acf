import type { Joint } from '../clip/index.js';
import { AFFINE_SIZE, type Affine, rotationOfAffine, translationOfAffine } from '../math/affine.js';
import { conjugate, IDENTITY, multiply, rotate } from '../math/quat.js';
import { subtract } from '../math/vec3.js';

/**
 * Joints whose rest pose is given by world matrices [joints, 12], in the way in which `bake` makes poses:
 * scale is folded into translations, so that places in the world stay.
 */
export function restJoints(
  names: readonly string[],
  sourceNames: readonly string[],
  parents: readonly number[],
  worldFromJoint: Affine,
): Joint[] {
  const rotations = names.map((_, j) => rotationOfAffine(worldFromJoint, j * AFFINE_SIZE).rotation);
  const places = names.map((_, j) => translationOfAffine(worldFromJoint, j * AFFINE_SIZE));
  return names.map((name, j) => {
    const parent = parents[j];
    const up = parent < 0 ? IDENTITY : conjugate(rotations[parent]);
    return {
      name,
      parent,
      restTranslation: parent < 0 ? places[j] : rotate(up, subtract(places[j], places[parent])),
      restRotation: multiply(up, rotations[j]),
      restScale: [1, 1, 1],
      sourceName: sourceNames[j],
    };
  });
}
