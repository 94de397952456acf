import { GaitwayError } from '../../errors.js';
import type { DatabaseJoint } from './database.js';

/** Metres by which a joint's rest place may differ: rounding of a file, not another body. */
const SAME_PLACE = 0.005;

/**
 * Makes sure that two clips move the same body: equal joints and parents, and equal rest places below the pelvis.
 *
 * The pelvis and what lies above it are moved as a whole, so where they rest says nothing of the body.
 *
 * @throws GaitwayError `motion/different-skeletons` naming both clips and the first joint that differs.
 */
export function assertSameSkeleton(
  first: readonly DatabaseJoint[],
  other: readonly DatabaseJoint[],
  firstName: string,
  otherName: string,
  pelvis: string | undefined,
): void {
  const above = new Set<number>();
  for (let j = first.findIndex(({ name }) => name === pelvis); j >= 0; j = first[j].parent) above.add(j);
  const fail = (difference: string, joint: string): never => {
    throw new GaitwayError(
      'motion/different-skeletons',
      `${otherName} has another skeleton than ${firstName} (${difference}); a database holds one body, so retarget the clips to one skeleton first.`,
      { clip: otherName, first: firstName, joint },
    );
  };
  if (first.length !== other.length) {
    fail(
      `${other.length} joints, not ${first.length}`,
      other[first.length]?.name ?? first[other.length].name,
    );
  }
  first.forEach((joint, j) => {
    const twin = other[j];
    if (joint.name !== twin.name) fail(`joint ${j} is "${twin.name}", not "${joint.name}"`, twin.name);
    if (joint.parent !== twin.parent) fail(`"${twin.name}" hangs on another joint`, twin.name);
    if (joint.parent < 0 || above.has(j)) return;
    const away = Math.hypot(
      joint.offset[0] - twin.offset[0],
      joint.offset[1] - twin.offset[1],
      joint.offset[2] - twin.offset[2],
    );
    if (away > SAME_PLACE) {
      fail(`at rest "${twin.name}" stands ${(100 * away).toFixed(1)} cm away from its place`, twin.name);
    }
  });
}
