import { size2 } from '../../math/size.js';

/** Share of the leash from which it begins to pull. */
const SLACK = 0.7;

/**
 * The way of a point on a leash of `leash` metres behind a foot over frames `first` to `last` of its way [frames, 3].
 *
 * Ground places, [frames of the stretch, 2] of x and z: the point rests until the foot has gone far from it. It
 * begins where the foot, going its way back from the end, would leave it: amid what the foot does there, so that
 * a foot that sways on the spot is not dragged at all, and one that stands all through a loop ends where it began.
 */
export function leashed(wish: Float64Array, first: number, last: number, leash: number): Float64Array {
  const out = new Float64Array(2 * (last - first + 1));
  let [x, z] = [wish[3 * last], wish[3 * last + 2]];
  const follow = (f: number): void => {
    const dx = wish[3 * f] - x;
    const dz = wish[3 * f + 2] - z;
    const far = size2(dx, dz);
    const pull = pullOf(far, leash);
    if (pull <= 0) return;
    x += (dx / far) * pull;
    z += (dz / far) * pull;
  };
  for (let f = last; f > first; f--) follow(f);
  for (let f = first; f <= last; f++) {
    follow(f);
    out[2 * (f - first)] = x;
    out[2 * (f - first) + 1] = z;
  }
  return out;
}

/** How far a leash drags what hangs at `far`: nothing while slack, and softly at first, so that no foot sets off with a jerk. */
function pullOf(far: number, leash: number): number {
  const slack = SLACK * leash;
  const give = leash - slack;
  return far <= slack ? 0 : far - slack - give * (1 - Math.exp((slack - far) / give));
}
