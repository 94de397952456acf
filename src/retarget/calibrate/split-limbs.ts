import type { BodyRole, Skeleton } from '../../clip/index.js';
import { multiply, normaliseQuat, quatAt, rotate, setQuat, shortestArc } from '../../math/quat.js';
import { distance, subtract, vec3At } from '../../math/vec3.js';
import { type Body, SIDES } from '../body/body.js';
import type { WorldTrack } from '../body/world-track.js';
import type { Anatomy } from './anatomy.js';

const SEGMENTS: readonly (readonly [BodyRole, BodyRole])[] = SIDES.flatMap((side) => [
  [`upperArm${side}`, `forearm${side}`] as const,
  [`forearm${side}`, `hand${side}`] as const,
  [`thigh${side}`, `calf${side}`] as const,
  [`calf${side}`, `foot${side}`] as const,
]);

/**
 * The track with limbs that are split in two joints (MakeHuman's `upperarm01`, `upperarm02`) turned as a whole:
 * the first joint of such a segment points from its own place to the segment's end, keeping its twist.
 *
 * A track without split limbs is given back as it is.
 */
export function joinSplitLimbs(
  track: WorldTrack,
  skeleton: Skeleton,
  body: Body,
  { jointFromAnatomy, known }: Anatomy,
): WorldTrack {
  const split = SEGMENTS.flatMap(([from, to]) => {
    const [joint, end] = [body.roles[from], body.roles[to]];
    if (joint === undefined || end === undefined || !known[joint]) return [];
    return skeleton.joints[end]?.parent === joint ? [] : [{ joint, end }];
  });
  if (split.length === 0) return track;
  const rotations = Float64Array.from(track.rotations);
  for (let f = 0; f < track.frameCount; f++) {
    const row = f * track.jointCount;
    for (const { joint, end } of split) {
      const [start, stop] = [vec3At(track.positions, row + joint), vec3At(track.positions, row + end)];
      if (distance(start, stop) < 1e-6) continue;
      const turn = quatAt(rotations, row + joint);
      const along = rotate(multiply(turn, quatAt(jointFromAnatomy, joint)), [1, 0, 0]);
      const whole = multiply(shortestArc(along, subtract(stop, start)), turn);
      setQuat(rotations, row + joint, normaliseQuat(whole));
    }
  }
  return { ...track, rotations };
}
