import { type BodyRole, frameTime, type Rate } from '../clip/index.js';
import type { Warning } from '../errors.js';
import { size2 } from '../math/size.js';
import { add, angleBetweenVectors, distance, scale, subtract, type Vec3, vec3At } from '../math/vec3.js';
import { type Body, SIDES, type Side } from './body/body.js';
import type { WorldTrack } from './body/world-track.js';
import { STANDARD_LEG } from './contacts/contacts.js';

/**
 * How well a clip was carried over; lengths are of bodies whose leg is 85 cm long.
 *
 * A measure that these bodies or this clip do not allow is `undefined`.
 */
export interface Quality {
  /** Mean angle between the source's and the target's arms and legs. */
  readonly armDegrees: number | undefined;
  readonly legDegrees: number | undefined;
  /** Where hands and feet are to shoulder and hip, in percent of the limb's length. */
  readonly chainPercent: number | undefined;
  /** How much of that no retarget can avoid: limbs of other proportions, pointing the same way. */
  readonly chainLeastPercent: number | undefined;
  /** Mean speed along the floor of feet that stand in the source. */
  readonly slideSourceCmPerSecond: number | undefined;
  readonly slideCmPerSecond: number | undefined;
  /** Mean distance of standing soles from their own middle height, beyond the source's. */
  readonly floorCm: number | undefined;
  /** Mean distance between the ways of the hips, scaled. */
  readonly rootCm: number;
  /** Median third difference of hands and feet, target / source. */
  readonly jerkRatio: number | undefined;
}

/** A body's motion and where its feet stand. */
export interface Measured {
  readonly track: WorldTrack;
  readonly body: Body;
  readonly leg: number;
}

const CM = 100;
const DEGREES = 180 / Math.PI;
/** A still body has no jerk to compare; this much of it hides in the noise (cm a frame cubed). */
const JERK_FLOOR = 0.02;

/**
 * Measures a carried clip against its source from frame `from` on.
 *
 * `standing` is [frames] for each side, 1 where the source's foot stands; `stretch` is how much further the target
 * was asked to go than its legs would have it.
 */
export function measureQuality(
  source: Measured,
  target: Measured,
  standing: Readonly<Record<Side, Uint8Array | undefined>>,
  rate: Rate,
  from: number,
  stretch = 1,
): Quality {
  return {
    armDegrees: directionError(source, target, 'arms', from),
    legDegrees: directionError(source, target, 'legs', from),
    ...chainErrors(source, target, from),
    ...footErrors(source, target, standing, rate, from),
    rootCm: rootError(source, target, from, stretch),
    jerkRatio: jerkRatio(source, target, from),
  };
}

const LIMBS = {
  arms: SIDES.map((s) => [`upperArm${s}`, `forearm${s}`, `hand${s}`] as const),
  legs: SIDES.map((s) => [`thigh${s}`, `calf${s}`, `foot${s}`] as const),
};

function placeAt({ track, body }: Measured, role: BodyRole, frame: number): Vec3 | undefined {
  const joint = body.roles[role];
  return joint === undefined ? undefined : vec3At(track.positions, frame * track.jointCount + joint);
}

const has = (figures: readonly Measured[], roles: readonly BodyRole[]): boolean =>
  figures.every(({ body }) => roles.every((role) => body.roles[role] !== undefined));

function mean(values: ArrayLike<number>): number | undefined {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length > 0 ? sum / values.length : undefined;
}

const middleOf = (values: Float64Array): number => Float64Array.from(values).sort()[values.length >> 1] ?? 0;

/** Frames looked at: all of a short clip, some hundreds of a long one. */
function* framesOf({ track }: Measured, from: number): Generator<number> {
  const stride = Math.max(1, Math.floor((track.frameCount - from) / 500));
  for (let f = from; f < track.frameCount; f += stride) yield f;
}

function directionError(
  source: Measured,
  target: Measured,
  group: 'arms' | 'legs',
  from: number,
): number | undefined {
  const errors: number[] = [];
  for (const chain of LIMBS[group]) {
    for (const [a, b] of [
      [chain[0], chain[1]],
      [chain[1], chain[2]],
    ] as const) {
      if (!has([source, target], [a, b])) continue;
      for (const f of framesOf(source, from)) {
        const bone = (figure: Measured): Vec3 =>
          subtract(placeAt(figure, b, f) as Vec3, placeAt(figure, a, f) as Vec3);
        errors.push(angleBetweenVectors(bone(source), bone(target)) * DEGREES);
      }
    }
  }
  return mean(errors);
}

function chainErrors(
  source: Measured,
  target: Measured,
  from: number,
): Pick<Quality, 'chainPercent' | 'chainLeastPercent'> {
  const errors: number[] = [];
  const least: number[] = [];
  for (const chain of [...LIMBS.arms, ...LIMBS.legs]) {
    if (!has([source, target], chain)) continue;
    for (const f of framesOf(source, from)) {
      const bones = (figure: Measured): [Vec3, Vec3, number, number] => {
        const [root, mid, tip] = chain.map((role) => placeAt(figure, role, f)) as [Vec3, Vec3, Vec3];
        return [subtract(mid, root), subtract(tip, mid), distance(root, mid), distance(mid, tip)];
      };
      const [upper, lower, upperLength, lowerLength] = bones(source);
      const [ownUpper, ownLower, ownUpperLength, ownLowerLength] = bones(target);
      const wanted = scale(add(upper, lower), 1 / (upperLength + lowerLength));
      const own = 1 / (ownUpperLength + ownLowerLength);
      errors.push(100 * distance(wanted, scale(add(ownUpper, ownLower), own)));
      if (upperLength < 1e-6 || lowerLength < 1e-6) continue;
      const alike = add(
        scale(upper, ownUpperLength / upperLength),
        scale(lower, ownLowerLength / lowerLength),
      );
      least.push(100 * distance(wanted, scale(alike, own)));
    }
  }
  return { chainPercent: mean(errors), chainLeastPercent: mean(least) };
}

function footErrors(
  source: Measured,
  target: Measured,
  standing: Readonly<Record<Side, Uint8Array | undefined>>,
  rate: Rate,
  from: number,
): Pick<Quality, 'slideSourceCmPerSecond' | 'slideCmPerSecond' | 'floorCm'> {
  const feet = SIDES.flatMap((side) => {
    const role = has([source, target], [`toe${side}`]) ? (`toe${side}` as const) : (`foot${side}` as const);
    const flags = standing[side];
    return flags && has([source, target], [role]) ? [{ role, flags }] : [];
  });
  const [own, theirs] = [footTrail(target, feet, rate, from), footTrail(source, feet, rate, from)];
  const [ownFloor, floor] = [middleOf(own.heights), middleOf(theirs.heights)];
  return {
    slideSourceCmPerSecond: mean(theirs.speeds),
    slideCmPerSecond: mean(own.speeds),
    floorCm: mean(own.heights.map((y, i) => Math.abs(y - ownFloor - (theirs.heights[i] - floor)))),
  };
}

/** Speed along the floor (cm/s) and height (cm) of the feet in the frames in which they stand, foot by foot. */
function footTrail(
  { track, body, leg }: Measured,
  feet: readonly { readonly role: BodyRole; readonly flags: Uint8Array }[],
  rate: Rate,
  from: number,
): { speeds: Float64Array; heights: Float64Array } {
  const speeds = new Float64Array(feet.length * track.frameCount);
  const heights = new Float64Array(speeds.length);
  const cm = (STANDARD_LEG / leg) * CM;
  const step = 3 * track.jointCount;
  const p = track.positions;
  let n = 0;
  for (const { role, flags } of feet) {
    for (let f = Math.max(1, from); f < track.frameCount; f++) {
      if (!flags[f] || !flags[f - 1]) continue;
      const at = step * f + 3 * (body.roles[role] as number);
      speeds[n] = (size2(p[at] - p[at - step], p[at + 2] - p[at + 2 - step]) * cm) / frameTime(rate);
      heights[n++] = p[at + 1] * cm;
    }
  }
  return { speeds: speeds.subarray(0, n), heights: heights.subarray(0, n) };
}

function rootError(source: Measured, target: Measured, from: number, stretch: number): number {
  const hips = (figure: Measured, f: number): Vec3 => {
    const along = figure === target ? 1 / stretch : 1;
    const [l, r] = [placeAt(figure, 'thighL', f), placeAt(figure, 'thighR', f)] as [Vec3, Vec3];
    return scale(
      [along * (l[0] + r[0]), l[1] + r[1], along * (l[2] + r[2])],
      (0.5 * CM * STANDARD_LEG) / figure.leg,
    );
  };
  const errors: number[] = [];
  const starts = [hips(source, from), hips(target, from)] as const;
  for (const f of framesOf(source, from)) {
    errors.push(distance(subtract(hips(source, f), starts[0]), subtract(hips(target, f), starts[1])));
  }
  return mean(errors) ?? 0;
}

function jerkRatio(source: Measured, target: Measured, from: number): number | undefined {
  const [a, b] = [source, target].map((figure) => medianJerk(figure, [source, target], from));
  return a === undefined || b === undefined ? undefined : (b + JERK_FLOOR) / (a + JERK_FLOOR);
}

/** Enough for a median. */
const MOST_FRAMES_OF_JERK = 2000;

/** Middle size of the third differences of hands and feet that both figures have, centimetres a frame cubed. */
function medianJerk(
  { track, body, leg }: Measured,
  both: readonly Measured[],
  from: number,
): number | undefined {
  const roles = (['handL', 'handR', 'footL', 'footR'] as const).filter((role) => has(both, [role]));
  const stride = Math.max(1, Math.floor((track.frameCount - from) / MOST_FRAMES_OF_JERK));
  const count = Math.ceil(Math.max(0, track.frameCount - from - 3) / stride);
  if (roles.length * count === 0) return undefined;
  const jerks = new Float64Array(roles.length * count);
  const step = 3 * track.jointCount;
  const p = track.positions;
  let n = 0;
  for (const role of roles) {
    for (let f = from + 3; f < track.frameCount; f += stride) {
      const at = step * f + 3 * (body.roles[role] as number);
      let squares = 0;
      for (let k = at; k < at + 3; k++)
        squares += (p[k] - 3 * p[k - step] + 3 * p[k - 2 * step] - p[k - 3 * step]) ** 2;
      jerks[n++] = Math.sqrt(squares);
    }
  }
  return (STANDARD_LEG / leg) * CM * jerks.sort()[jerks.length >> 1];
}

/** What a good retarget stays under; where one body is much smaller, with limbs as short, more is allowed. */
const BARS = { arm: 2, leg: 5, chain: 5, slide: 5, slideMore: 1, floor: 3, root: 5, jerk: 1.75 };
const SMALL_BARS = { arm: 2, leg: 12, chain: 8, slide: 20, slideMore: 1, floor: 6, root: 10, jerk: 4 };
const SMALL = 0.5;

/** A warning for every measure that lies over its bar; `legRatio` is target / source. */
export function qualityWarnings(q: Quality, legRatio: number): Warning[] {
  const bars = Math.min(legRatio, 1 / legRatio) < SMALL ? SMALL_BARS : BARS;
  const slideBar = Math.max(bars.slide, (q.slideSourceCmPerSecond ?? 0) + bars.slideMore);
  const rows: readonly [string, string, number | undefined, number, string][] = [
    ['arms', 'the arms point away from the source’s by', q.armDegrees, bars.arm, 'degrees'],
    ['legs', 'the legs point away from the source’s by', q.legDegrees, bars.leg, 'degrees'],
    [
      'reach',
      'hands and feet are off by',
      q.chainPercent,
      Math.max(bars.chain, (q.chainLeastPercent ?? 0) + 1),
      '% of their limbs',
    ],
    ['slide', 'standing feet slide at', q.slideCmPerSecond, slideBar, 'cm/s'],
    ['floor', 'standing soles rise and sink by', q.floorCm, bars.floor, 'cm'],
    ['root', 'the hips leave their way by', q.rootCm, bars.root, 'cm'],
    ['jerk', 'the motion shakes more than the source, by a factor of', q.jerkRatio, bars.jerk, ''],
  ];
  return rows.flatMap(([name, what, value, bar, unit]) =>
    value !== undefined && value > bar
      ? [
          {
            code: `retarget/over-bar-${name}`,
            message:
              `On average ${what} ${value.toFixed(1)} ${unit}`.trimEnd() +
              `; ${bar.toFixed(1)} or less is good.`,
          },
        ]
      : [],
  );
}
