import { GaitwayError } from '../../errors.js';
import { type MotionTrack, makeMotionTrack } from '../features/motion-track.js';

const SIDES: Readonly<Record<string, string>> = { L: 'R', R: 'L' };

/**
 * The track seen in a mirror that stands across the X axis: left limbs become right limbs.
 *
 * Bodies are nearly alike on both sides, so this doubles what there is to learn from.
 *
 * @throws GaitwayError `encoder/one-sided` where a limb has no counterpart.
 */
export function mirrorTrack(track: MotionTrack): MotionTrack {
  const { roles, positions, name, rateHz, frameCount } = track;
  const from = roles.map((role) => {
    const side = SIDES[role.at(-1) ?? ''];
    if (!side) return roles.indexOf(role);
    const other = roles.indexOf(role.slice(0, -1) + side);
    if (other >= 0) return other;
    throw new GaitwayError(
      'encoder/one-sided',
      `${name} has the ${role} without its counterpart on the other side; mirror-image training needs both. Complete the bone map.`,
      { clip: name, role },
    );
  });
  const mirrored = new Float64Array(positions.length);
  for (let f = 0, at = 0; f < frameCount; f++) {
    for (const joint of from) {
      const source = 3 * (f * roles.length + joint);
      mirrored[at++] = -positions[source];
      mirrored[at++] = positions[source + 1];
      mirrored[at++] = positions[source + 2];
    }
  }
  return makeMotionTrack(name, roles, mirrored, rateHz);
}
