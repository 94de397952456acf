/** The bench of `formats/`: reading and writing files, beside three's loaders where there are any. */
import { benchBvh } from './bvh.mjs';
import { benchFbx } from './fbx.mjs';
import { benchGlb } from './glb.mjs';

/**
 * Rows `{what, input, unit, ours, three?, bar?: {atLeast} | {atMost}}`, or `{what, input, skipped: why}`; each
 * number is the best of `rounds`.
 */
export async function bench({ rounds }) {
  return [...(await benchBvh(rounds)), ...(await benchFbx(rounds)), ...(await benchGlb(rounds))];
}
