import { frameTime, type Rate } from '../../clip/index.js';
import type { BandSystem } from '../../math/band-system.js';
import { size3 } from '../../math/size.js';
import { type ContactSpan, detectContacts } from '../contacts/contacts.js';
import { leashed } from '../contacts/leash.js';
import { smoothStep } from './smooth.js';

/** What hands may be asked to keep: their place on the floor, to each other (a prop in both), to the body. */
export const HAND_WISHES = ['floor', 'prop', 'body'] as const;
export type HandWish = (typeof HAND_WISHES)[number];

/** Adds what one frame asks of hands; the system begins with frame `first`. */
export type HandRows = (system: BandSystem, frame: number, first: number) => void;

/** A wish counts so much against an arm's directions (radians), by distance in leg lengths. */
const WEIGHT = 300;
/** Hands nearer to each other than `near` hold something or each other, beyond `far` they do not; leg lengths. */
const PROP = { near: 0.4, far: 0.65 };
/** The same for a hand and a part of the body. */
const BODY = { near: 0.13, far: 0.21 };
const HOLD = 200;
const LEASH = 0.04;

/** A hand of the target with the source's: both ways [frames, 3], and where its unknowns begin in a frame. */
export interface HandWays {
  /** The target's wrist before it is solved. */
  readonly own: Float64Array;
  /** The source's wrist, unscaled. */
  readonly theirs: Float64Array;
  readonly at: number;
}

/** Leg lengths of both bodies, metres, and the number of unknowns of a frame. */
export interface HandSizes {
  readonly sourceLeg: number;
  readonly targetLeg: number;
  readonly width: number;
}

/** How strongly two places of the source hold together in each frame, [frames]: fully where near, not at all where far. */
function holding(a: Float64Array, b: Float64Array, { near, far }: Reach, sizes: HandSizes): Float64Array {
  const scales = new Float64Array(a.length / 3);
  for (let f = 0; f < scales.length; f++) {
    const [x, y, z] = [a[3 * f] - b[3 * f], a[3 * f + 1] - b[3 * f + 1], a[3 * f + 2] - b[3 * f + 2]];
    const gap = size3(x, y, z) / sizes.sourceLeg;
    scales[f] = Math.sqrt(WEIGHT * smoothStep((far - gap) / (far - near))) / sizes.targetLeg;
  }
  return scales;
}

/** Within `near` things touch, beyond `far` they do not; leg lengths. */
interface Reach {
  readonly near: number;
  readonly far: number;
}

/**
 * Both hands lie to each other as the source's, `ratio` times as far apart, while they are near each other.
 */
export function keepTogether(
  [left, right]: readonly [HandWays, HandWays],
  ratio: number,
  sizes: HandSizes,
): HandRows {
  const { width } = sizes;
  const scales = holding(left.theirs, right.theirs, PROP, sizes);
  const unknowns = new Int32Array(2);
  const coefficients = new Float64Array(2);
  return (system, f, first) => {
    const scale = scales[f];
    if (scale === 0) return;
    for (let k = 0; k < 3; k++) {
      const i = 3 * f + k;
      const wanted = ratio * (right.theirs[i] - left.theirs[i]) - (right.own[i] - left.own[i]);
      unknowns[0] = width * (f - first) + left.at + k;
      unknowns[1] = width * (f - first) + right.at + k;
      coefficients[0] = -scale;
      coefficients[1] = scale;
      system.add(unknowns, coefficients, 2, scale * wanted);
    }
  };
}

/** A part of the body that hands may touch: its ways on both figures [frames, 3], and how much wider the target is there. */
export interface BodyPart {
  readonly own: Float64Array;
  readonly theirs: Float64Array;
  readonly ratio: number;
}

/** A hand lies to the nearest part of the body as the source's does, in the body's own proportion, while it is near. */
export function keepToBody(
  { own, theirs, at }: HandWays,
  parts: readonly BodyPart[],
  sizes: HandSizes,
): HandRows {
  const { width } = sizes;
  const held = parts.map((part) => ({ ...part, scales: holding(theirs, part.theirs, BODY, sizes) }));
  const unknowns = new Int32Array(1);
  const coefficients = new Float64Array(1);
  return (system, f, first) => {
    for (const part of held) {
      coefficients[0] = part.scales[f];
      if (coefficients[0] === 0) continue;
      for (let k = 0; k < 3; k++) {
        const i = 3 * f + k;
        const wanted = part.own[i] + part.ratio * (theirs[i] - part.theirs[i]);
        unknowns[0] = width * (f - first) + at + k;
        system.add(unknowns, coefficients, 1, coefficients[0] * (wanted - own[i]));
      }
    }
  };
}

/** Heights at which both bodies' balls stand, metres, and how much larger the target is. */
export interface Floors {
  readonly theirs: number;
  readonly own: number;
  readonly ratio: number;
}

/**
 * A hand that rests on the floor stays in its place there, at the source's height, scaled.
 *
 * A hand higher than a third of a leg over the floor rests on something else, and is left alone.
 */
export function keepToFloor(
  { own, theirs, at }: HandWays,
  floor: Floors,
  rate: Rate,
  { sourceLeg, targetLeg, width }: HandSizes,
): HandRows {
  const spans = restsOf(theirs, floor.theirs, rate, sourceLeg);
  const held = new Float64Array(own.length);
  const scaled = theirs.map((value, i) =>
    i % 3 === 1 ? floor.own + floor.ratio * (value - floor.theirs) : floor.ratio * value,
  );
  const rests = new Uint8Array(own.length / 3);
  for (const { first, last } of spans) {
    const places = leashed(scaled, first, last, LEASH * targetLeg);
    rests.fill(1, first, last + 1);
    for (let f = first; f <= last; f++) {
      held[3 * f] = places[2 * (f - first)];
      held[3 * f + 2] = places[2 * (f - first) + 1];
    }
  }
  const speed = Math.sqrt(HOLD) / frameTime(rate) / targetLeg;
  const height = Math.sqrt(WEIGHT) / targetLeg;
  const unknowns = new Int32Array(2);
  const coefficients = new Float64Array(2);
  return (system, f, first) => {
    if (!rests[f]) return;
    unknowns[0] = width * (f - first) + at + 1;
    coefficients[0] = height;
    system.add(unknowns, coefficients, 1, height * (scaled[3 * f + 1] - own[3 * f + 1]));
    if (f === first || !rests[f - 1]) return;
    for (let k = 0; k < 3; k += 2) {
      const i = 3 * f + k;
      unknowns[0] = width * (f - first - 1) + at + k;
      unknowns[1] = width * (f - first) + at + k;
      coefficients[0] = -speed;
      coefficients[1] = speed;
      system.add(unknowns, coefficients, 2, speed * (held[i] - held[i - 3] - (own[i] - own[i - 3])));
    }
  };
}

/** A wrist rests on the floor no higher than this, leg lengths. */
const WRIST = 0.35;

function restsOf(way: Float64Array, floor: number, rate: Rate, leg: number): readonly ContactSpan[] {
  const { spans, floor: lowest } = detectContacts(way, rate, leg);
  return lowest - floor < WRIST * leg ? spans : [];
}
