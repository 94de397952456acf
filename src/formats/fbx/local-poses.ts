import { multiplyRows, rotateRow } from '../../math/quat-rows.js';
import type { NodeTransform } from './node-transform.js';

/** Transforms of nodes at one time, before their parents: x ↦ place + turn (scale ∘ x). File units and axes. */
export interface LocalPoses {
  /** [nodes, 3] */
  readonly places: Float64Array;
  /** [nodes, 4] */
  readonly turns: Float64Array;
  /** [nodes, 3] */
  readonly scales: Float64Array;
}

export const makeLocalPoses = (count: number): LocalPoses => ({
  places: new Float64Array(3 * count),
  turns: new Float64Array(4 * count),
  scales: new Float64Array(3 * count),
});

/**
 * Finishes a node whose translation, rotation and scaling are written: puts pre- and post-rotation around the
 * rotation, and offsets and pivots into the place.
 *
 * `T · Roff · Rp · Rpre · R · Rpost⁻¹ · Rp⁻¹ · Soff · Sp · S · Sp⁻¹`
 */
export function finishLocalPose(n: number, node: NodeTransform, poses: LocalPoses): void {
  if (node.hasFrame) putIntoFrame(n, node, poses);
  if (node.hasPivots) addPivots(n, node, poses);
}

/** Puts pre- and post-rotation around a node's rotation. */
export function putIntoFrame(n: number, node: NodeTransform, { turns }: LocalPoses): void {
  multiplyRows(node.preRotation, 0, turns, 4 * n, turns, 4 * n);
  multiplyRows(turns, 4 * n, node.postRotationInverse, 0, turns, 4 * n);
}

/** Makes a node's translation its place: offsets and pivots go in. The turn must be finished. */
export function addPivots(n: number, node: NodeTransform, { places, turns, scales }: LocalPoses): void {
  const { scalingPivot: sp, scalingOffset: so, rotationPivot: rp, rotationOffset: ro } = node;
  const at = 3 * n;
  const [tx, ty, tz] = [places[at], places[at + 1], places[at + 2]];
  // What S about its pivot, the scaling offset and the inverse rotation pivot do to the origin.
  for (let k = 0; k < 3; k++) places[at + k] = sp[k] - scales[at + k] * sp[k] + so[k] - rp[k];
  rotateRow(turns, 4 * n, places, at, places, at);
  places[at] += tx + ro[0] + rp[0];
  places[at + 1] += ty + ro[1] + rp[1];
  places[at + 2] += tz + ro[2] + rp[2];
}
