import { legLength } from './leg-length.js';
import type { MotionTrack } from './motion-track.js';

/** Limits in leg lengths (and leg lengths per second): a foot lands below `enter` and lifts above `leave`. */
const HEIGHT = { enter: 0.05, leave: 0.09 };
const SPEED = { enter: 0.3, leave: 0.55 };
/** Tags of a database by the columns of `footContacts`. */
export const CONTACT_TAGS = ['contact-left', 'contact-right'] as const;

/** Shorter contacts and gaps are taken for noise. */
const MEDIAN_SECONDS = 0.1;
/** The foot's own floor: this share of its frames lies below. */
const FLOOR_SHARE = 0.05;

/**
 * Which foot stands on the floor: [frames, 2], left and right, 1 while it does.
 *
 * A foot's place is that of its toe, or of its ankle where the toe is unknown. It stands while it is near the
 * lowest height it reaches in the clip and slow, both measured in leg lengths, with one limit to land and a
 * looser one to lift; a median over 0.1 s takes out flicker. A one-frame clip stands with every low foot.
 */
export function footContacts(track: MotionTrack): Uint8Array {
  const { frameCount, rateHz } = track;
  const contacts = new Uint8Array(2 * frameCount);
  const half = Math.floor((MEDIAN_SECONDS * rateHz) / 2);
  for (const [side, letter] of (['L', 'R'] as const).entries()) {
    const toe = track.roles.indexOf(`toe${letter}`);
    const foot = toe >= 0 ? toe : track.roles.indexOf(`foot${letter}`);
    const leg = legLength(track, letter) || 1;
    const states = standing(track, foot, leg);
    for (let f = 0; f < frameCount; f++) {
      const low = Math.max(f - half, 0);
      const high = Math.min(f + half, frameCount - 1);
      let down = 0;
      for (let k = low; k <= high; k++) down += states[k];
      const middle = (high - low + 1) / 2;
      contacts[2 * f + side] = down > middle || (down === middle && states[f] === 1) ? 1 : 0;
    }
  }
  return contacts;
}

function standing(track: MotionTrack, joint: number, leg: number): Uint8Array {
  const { positions, roles, frameCount, rateHz } = track;
  const stride = 3 * roles.length;
  const heights = Float64Array.from(
    { length: frameCount },
    (_, f) => positions[f * stride + 3 * joint + 1],
  ).sort();
  const floor = heights[Math.floor(FLOOR_SHARE * (frameCount - 1))];
  const states = new Uint8Array(frameCount);
  let stands = false;
  for (let f = 0; f < frameCount; f++) {
    const before = Math.max(f - 1, 0) * stride + 3 * joint;
    const after = Math.min(f + 1, frameCount - 1) * stride + 3 * joint;
    const x = positions[after] - positions[before];
    const y = positions[after + 1] - positions[before + 1];
    const z = positions[after + 2] - positions[before + 2];
    const seconds = (after - before) / stride / rateHz;
    const speed = seconds > 0 ? Math.sqrt(x * x + y * y + z * z) / seconds : 0;
    const height = positions[f * stride + 3 * joint + 1] - floor;
    const limit: keyof typeof HEIGHT = stands ? 'leave' : 'enter';
    stands = height < HEIGHT[limit] * leg && speed < SPEED[limit] * leg;
    states[f] = stands ? 1 : 0;
  }
  return states;
}
