import { type PoseBlock, SOUGHT, TURN, WORDS } from '../../kernels/pose-block.js';

/**
 * Leaves out of a block's world poses what nobody looks at: made are those of `joints`, and the turns that the first
 * `stepCount` steps follow.
 */
export function seekOnly(block: PoseBlock, stepCount: number, joints: readonly number[]): void {
  const { parents, sought, steps } = block;
  const seek = (joint: number, what: number): void => {
    for (let j = joint; j >= 0 && (sought[j] & what) !== what; j = parents[j]) sought[j] |= what;
  };
  sought.fill(0);
  for (const joint of joints) seek(joint, SOUGHT.turn | SOUGHT.place);
  for (let s = 0; s < stepCount; s++) {
    const at = WORDS.size * s;
    const turn = steps[at + WORDS.turn];
    if (turn !== TURN.follows && turn !== TURN.blends) continue;
    seek(steps[at + WORDS.from], SOUGHT.turn);
    if (turn === TURN.blends) seek(steps[at + WORDS.towards], SOUGHT.turn);
  }
}
