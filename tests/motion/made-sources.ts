import type { DatabaseSource } from '../../src/motion/database/builder.js';
import type { DatabaseJoint } from '../../src/motion/database/database.js';
import { LEG_ROLES, type MadeWalk, madeWalk } from './made-tracks.js';

export const LEG_JOINTS: readonly DatabaseJoint[] = LEG_ROLES.map((role, j) => ({
  name: role,
  parent: [-1, 0, 0, 2, 3, 0, 5, 6][j],
  offset: [0, 0.1 * j, 0],
}));

/** A made walk as it goes into a database. */
export function madeSource(walk: MadeWalk = {}): DatabaseSource {
  const track = madeWalk(walk);
  return {
    track,
    source: `${track.name}.bvh`,
    joints: LEG_JOINTS,
    roles: Object.fromEntries(LEG_ROLES.map((role) => [role, role])),
  };
}
