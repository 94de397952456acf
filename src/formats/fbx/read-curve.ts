import { FbxCurve } from './curve.js';
import { readExtrapolation } from './extrapolation.js';
import type { SharedAttributes } from './key-attributes.js';
import type { KeyTimes } from './key-times.js';
import { childNamed, type FbxNode, numbersOf } from './node.js';

/**
 * Reads an `AnimationCurve` node; a curve without keys gives nothing.
 *
 * @throws GaitwayError `fbx/damaged` where an array cannot be decoded.
 */
export function readCurve(
  node: FbxNode,
  keyTimes: KeyTimes,
  attributes: SharedAttributes,
): FbxCurve | undefined {
  const times = keyTimes.of(childNamed(node, 'KeyTime'));
  const stored = numbersOf(childNamed(node, 'KeyValueFloat'));
  // float32 in every file; in ASCII their digits are rounded as Autodesk's reader rounds them.
  const values = stored instanceof Float64Array ? Float32Array.from(stored) : stored;
  const count = Math.min(times.length, values.length);
  if (count === 0) return undefined;
  return new FbxCurve(
    times.length === count ? times : times.subarray(0, count),
    values.length === count ? values : values.subarray(0, count),
    attributes.of(node, count),
    readExtrapolation(node, 'Pre-Extrapolation'),
    readExtrapolation(node, 'Post-Extrapolation'),
  );
}
