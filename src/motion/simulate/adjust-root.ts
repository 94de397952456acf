import { size2 } from '../../math/size.js';
import { closedShare, wrapAngle } from '../../math/springs.js';
import type { GroundPose } from './root-path.js';
import type { AdjustSettings } from './settings.js';

/** How fast a root moves: metres and radians per second, both at least 0. */
export interface RootSpeed {
  place: number;
  yaw: number;
}

/**
 * Draws a root (in place) towards a goal, no faster than a share of how fast it moves, and never lets it lag behind by
 * more than the limits.
 *
 * @see D. Holden, "Code vs Data Driven Displacement" (2021).
 */
export function makeRootAdjuster(
  { placeHalflife, yawHalflife, mostShare, mostPlace, mostYaw }: AdjustSettings,
  dt: number,
): (root: GroundPose, goal: GroundPose, speed: RootSpeed) => void {
  const placeShare = closedShare(placeHalflife, dt);
  const yawShare = closedShare(yawHalflife, dt);
  return (root, goal, speed) => {
    const x = (goal.x - root.x) * placeShare;
    const z = (goal.z - root.z) * placeShare;
    const step = size2(x, z);
    const most = mostShare * speed.place * dt;
    const share = step > most ? most / step : 1;
    root.x += x * share;
    root.z += z * share;
    const mostTurn = mostShare * speed.yaw * dt;
    const turn = wrapAngle(goal.yaw - root.yaw) * yawShare;
    root.yaw = wrapAngle(root.yaw + Math.min(Math.max(turn, -mostTurn), mostTurn));

    const away = size2(root.x - goal.x, root.z - goal.z);
    if (away > mostPlace) {
      root.x = goal.x + ((root.x - goal.x) * mostPlace) / away;
      root.z = goal.z + ((root.z - goal.z) * mostPlace) / away;
    }
    const off = wrapAngle(root.yaw - goal.yaw);
    if (Math.abs(off) > mostYaw) root.yaw = wrapAngle(goal.yaw + Math.sign(off) * mostYaw);
  };
}
