import type { LocalPose } from '../../clip/index.js';
import { multiplyRows, rotateRow } from '../../math/quat-rows.js';
import type { PlayBody } from './play-body.js';
import type { GroundPose } from './root-path.js';

/** Moves the joints that hang on the root from its frame into the world, in place. */
export function placeInWorld(
  root: GroundPose,
  { joints }: PlayBody,
  { rotations, translations }: LocalPose,
): void {
  const turn = Float64Array.of(0, Math.sin(root.yaw / 2), 0, Math.cos(root.yaw / 2));
  for (let j = 0; j < joints.length; j++) {
    if (joints[j].parent >= 0) continue;
    multiplyRows(turn, 0, rotations, 4 * j, rotations, 4 * j);
    rotateRow(turn, 0, translations, 3 * j, translations, 3 * j);
    translations[3 * j] += root.x;
    translations[3 * j + 2] += root.z;
  }
}
