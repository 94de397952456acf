import type { ImaginedBody } from './imagined-body.js';

/**
 * How a number changes as joints turn about the world's axes: [frames, roles, 3], from how it changes as joints move.
 *
 * A joint that turns moves all that hangs from it, so its share is the moment about it of all pulls there.
 *
 * @param pulls Derivatives by the places of the roles' joints: [frames, roles, 3].
 */
export function torquesOf(
  { track, joints, parents, world }: ImaginedBody,
  pulls: Float64Array,
): Float64Array {
  const count = parents.length;
  const out = new Float64Array(pulls.length);
  // Of each joint's pulls and those below it: their sum, and the sum of their moments about the origin.
  const [force, moment] = [new Float64Array(3 * count), new Float64Array(3 * count)];
  for (let f = 0; f < track.frameCount; f++) {
    force.fill(0);
    moment.fill(0);
    joints.forEach((j, r) => {
      const at = 3 * (f * joints.length + r);
      for (let axis = 0; axis < 3; axis++) force[3 * j + axis] += pulls[at + axis];
      addCross(track.positions, at, pulls, at, 1, moment, 3 * j);
    });
    for (let j = count - 1; j >= 0; j--) {
      const parent = parents[j];
      if (parent < 0) continue;
      for (let axis = 0; axis < 3; axis++) {
        force[3 * parent + axis] += force[3 * j + axis];
        moment[3 * parent + axis] += moment[3 * j + axis];
      }
    }
    joints.forEach((j, r) => {
      const at = 3 * (f * joints.length + r);
      for (let axis = 0; axis < 3; axis++) out[at + axis] = moment[3 * j + axis];
      addCross(world.positions, 3 * (f * count + j), force, 3 * j, -1, out, at);
    });
  }
  return out;
}

/** out += factor · a × b. */
function addCross(
  a: Float64Array,
  ai: number,
  b: Float64Array,
  bi: number,
  factor: number,
  out: Float64Array,
  oi: number,
): void {
  out[oi] += factor * (a[ai + 1] * b[bi + 2] - a[ai + 2] * b[bi + 1]);
  out[oi + 1] += factor * (a[ai + 2] * b[bi] - a[ai] * b[bi + 2]);
  out[oi + 2] += factor * (a[ai] * b[bi + 1] - a[ai + 1] * b[bi]);
}
