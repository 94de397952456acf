import { size2 } from '../../math/size.js';
import { closedShare } from '../../math/springs.js';
import type { GroundPose } from './root-path.js';
import type { PaceSettings } from './settings.js';
import type { PathState } from './spring-body.js';

/** Slower clips are not paced: a figure on the spot has no way along which to catch up. */
const MOVING = 0.3;

/**
 * Says how many times as fast a clip shall play so that the figure keeps up with the game's point along its way: a
 * clip that plays faster carries the root further without a foot sliding, which a pushed root does not.
 *
 * `step` is what the clip carries the root in a tick of `dt` seconds at its own pace, seen from `root`.
 */
export function makePace(
  { most, catchUp, halflife }: PaceSettings,
  dt: number,
): (root: GroundPose, step: GroundPose, point: PathState) => number {
  const ease = closedShare(halflife, dt);
  let pace = 1;
  return (root, step, point) => {
    const size = size2(step.x, step.z);
    const speed = size / dt;
    let wanted = 1;
    if (speed > MOVING) {
      const sin = Math.sin(root.yaw);
      const cos = Math.cos(root.yaw);
      const alongX = (step.x * cos + step.z * sin) / size;
      const alongZ = (step.z * cos - step.x * sin) / size;
      const behind = (point.x - root.x) * alongX + (point.z - root.z) * alongZ;
      const going = point.velocityX * alongX + point.velocityZ * alongZ;
      wanted = Math.min(Math.max((going + behind / catchUp) / speed, 1 / most), most);
    }
    pace += (wanted - pace) * ease;
    return pace;
  };
}
