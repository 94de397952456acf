import type { EulerOrder } from '../../math/euler.js';
import { fromEuler } from '../../math/euler.js';
import { conjugate, IDENTITY, type Quat } from '../../math/quat.js';
import type { Vec3 } from '../../math/vec3.js';
import { type FbxDocument, type FbxObject, numberProperty, vectorProperty } from './document.js';

const DEG = Math.PI / 180;

/** Axes as they are applied, first to last; fbx's order 0 "XYZ" turns about X first, so R = Rz · Ry · Rx. */
const ORDERS: readonly EulerOrder[] = ['ZYX', 'YZX', 'XZY', 'ZXY', 'YXZ', 'XYZ'];

/** How a joint takes its parent's scale. */
export type InheritType = 'RrSs' | 'RSrs' | 'Rrs';
const INHERIT: readonly InheritType[] = ['RrSs', 'RSrs', 'Rrs'];

/** The parts of a model's transform that do not move, read once. */
export interface NodeTransform {
  readonly translation: Vec3;
  /** Degrees. */
  readonly rotation: Vec3;
  readonly scaling: Vec3;
  readonly order: EulerOrder;
  /** [4], and the inverse of the post-rotation [4]. */
  readonly preRotation: Float64Array;
  readonly postRotationInverse: Float64Array;
  readonly rotationOffset: Vec3;
  readonly rotationPivot: Vec3;
  readonly scalingOffset: Vec3;
  readonly scalingPivot: Vec3;
  readonly inherit: InheritType;
  /** Whether any pivot or offset is not zero. */
  readonly hasPivots: boolean;
  /** Whether there is a pre- or post-rotation. */
  readonly hasFrame: boolean;
}

/** Degrees about x, y, z in the node's order, as a rotation. */
export function eulerRotation(order: EulerOrder, degrees: Vec3): Quat {
  const angle = { X: degrees[0] * DEG, Y: degrees[1] * DEG, Z: degrees[2] * DEG };
  return fromEuler(
    order,
    [...order].map((axis) => angle[axis as 'X' | 'Y' | 'Z']),
  );
}

/**
 * Reads a model's transform.
 *
 * Pre- and post-rotation and the rotation order count only while `RotationActive` is on and the rotation
 * space is not for limits only; pre- and post-rotation are always in the order XYZ.
 */
export function readNodeTransform(document: FbxDocument, model: FbxObject): NodeTransform {
  const vector = (name: string, otherwise: Vec3 = [0, 0, 0]): Vec3 =>
    vectorProperty(document, model, name, [...otherwise]);
  const active =
    numberProperty(document, model, 'RotationActive', 1) !== 0 &&
    numberProperty(document, model, 'RotationSpaceForLimitOnly', 0) === 0;
  const order = active ? (ORDERS[numberProperty(document, model, 'RotationOrder', 0)] ?? 'ZYX') : 'ZYX';
  const [rotationOffset, rotationPivot] = [vector('RotationOffset'), vector('RotationPivot')];
  const [scalingOffset, scalingPivot] = [vector('ScalingOffset'), vector('ScalingPivot')];
  const preRotation = active ? eulerRotation('ZYX', vector('PreRotation')) : IDENTITY;
  const postRotation = active ? conjugate(eulerRotation('ZYX', vector('PostRotation'))) : IDENTITY;
  return {
    translation: vector('Lcl Translation'),
    rotation: vector('Lcl Rotation'),
    scaling: vector('Lcl Scaling', [1, 1, 1]),
    order,
    preRotation: Float64Array.from(preRotation),
    postRotationInverse: Float64Array.from(postRotation),
    rotationOffset,
    rotationPivot,
    scalingOffset,
    scalingPivot,
    inherit: INHERIT[numberProperty(document, model, 'InheritType', 0)] ?? 'RrSs',
    hasPivots: [rotationOffset, rotationPivot, scalingOffset, scalingPivot].some((v) =>
      v.some((x) => x !== 0),
    ),
    hasFrame: preRotation[3] !== 1 || postRotation[3] !== 1,
  };
}
