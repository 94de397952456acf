import type { Rate } from '../clip/index.js';
import { type Body, SIDES, type Side } from './body.js';
import { detectContacts, type FootContacts } from './contacts.js';
import { pathOf, type WorldTrack } from './world-track.js';

export type FeetContacts = Readonly<Partial<Record<Side, FootContacts>>>;

/** Where the feet of a body stand, by the balls of its feet, or its ankles where it has no toes; see `detectContacts`. */
export function feetContacts(
  track: WorldTrack,
  body: Body,
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
  return out;
}
