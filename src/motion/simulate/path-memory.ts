import { wrapAngle } from '../../math/springs.js';
import type { GroundPose } from './root-path.js';
import type { PathState } from './spring-body.js';

/** Where the root was, tick by tick, for as long as queries look back. */
export interface PathMemory {
  /** Remembers the root of one more tick. */
  add(root: GroundPose): void;
  /** Writes where the root was and how fast, `seconds` (at least 0) before the last tick, to `out`. */
  before(seconds: number, out: PathState): void;
}

/** Of a root that stood at the world's origin, facing +Z, before the first tick. @param dt Seconds of a tick. */
export function makePathMemory(seconds: number, dt: number): PathMemory {
  const size = Math.ceil(seconds / dt) + 3;
  const places = new Float64Array(3 * size);
  let newest = 0;
  const rowOf = (ticks: number): number => 3 * ((newest - Math.min(ticks, size - 1) + size) % size);
  return {
    add({ x, z, yaw }) {
      newest = (newest + 1) % size;
      places[3 * newest] = x;
      places[3 * newest + 1] = z;
      places[3 * newest + 2] = yaw;
    },
    before(back, out) {
      const ticks = Math.floor(back / dt + 1e-9);
      const share = Math.max(back / dt - ticks, 0);
      const a = rowOf(ticks);
      const b = rowOf(ticks + 1);
      out.x = places[a] + (places[b] - places[a]) * share;
      out.z = places[a + 1] + (places[b + 1] - places[a + 1]) * share;
      out.yaw = wrapAngle(places[a + 2] + wrapAngle(places[b + 2] - places[a + 2]) * share);
      out.velocityX = (places[a] - places[b]) / dt;
      out.velocityZ = (places[a + 1] - places[b + 1]) / dt;
    },
  };
}
