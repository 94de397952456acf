import type { Rate } from '../../clip/index.js';
import { type Body, SIDES, type Side } from '../body/body.js';
import { pathOf, type WorldTrack } from '../body/world-track.js';
import { detectContacts, type FootContacts } from './contacts.js';

/** Feet that stand no further apart in height stand on the same floor, in leg lengths. */
export const SAME_FLOOR = 0.06;

export type FeetContacts = Readonly<Partial<Record<Side, FootContacts>>>;

/** Where the feet of a body stand, by the balls of its feet, or its ankles where it has no toes; see `detectContacts`. */
export function feetContacts(
  track: Pick<WorldTrack, 'positions' | 'jointCount' | 'frameCount'>,
  body: Pick<Body, 'roles'>,
  rate: Rate,
  leg: number,
  from: number,
): FeetContacts {
  const out: Partial<Record<Side, FootContacts>> = {};
  for (const side of SIDES) {
    const ball = body.roles[`toe${side}`] ?? body.roles[`foot${side}`];
    const thigh = body.roles[`thigh${side}`];
    const hip = thigh === undefined ? undefined : pathOf(track, thigh);
    if (ball !== undefined) out[side] = detectContacts(pathOf(track, ball), rate, leg, from, hip);
  }
  const ground = Math.min(...Object.values(out).map(({ floor }) => floor));
  for (const side of SIDES) {
    const foot = out[side];
    // What a foot that never comes down stands on is no floor.
    if (foot && foot.floor > ground + SAME_FLOOR * leg)
      out[side] = { ...foot, low: foot.low.fill(0), floor: ground };
  }
  return out;
}
