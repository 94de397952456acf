import { distance, type Vec3 } from '../../../math/vec3.js';

type Place = (joint: number) => Vec3;

/** Joints closer than this share of the limb's length are one place. */
const SAME_PLACE = 0.02;

/** The way without joints that lie where the one before lies. */
function parted(way: readonly number[], place: Place): number[] {
  const size = way.reduce(
    (sum, joint, i) => sum + (i > 0 ? distance(place(joint), place(way[i - 1])) : 0),
    0,
  );
  return way.filter((joint, i) => i === 0 || distance(place(joint), place(way[i - 1])) > SAME_PLACE * size);
}

/**
 * The middle joint and the far joint of a limb whose segments are split: both halves as long as can be.
 *
 * @returns places in `way`, where the limb begins at `way[0]`.
 */
function halves(way: readonly number[], place: Place): { middle: number; end: number } {
  const pairs = way.flatMap((_, middle) =>
    middle === 0
      ? []
      : way.slice(middle + 1).map((far, i) => ({
          middle,
          end: middle + 1 + i,
          shorter: Math.min(
            distance(place(way[0]), place(way[middle])),
            distance(place(way[middle]), place(far)),
          ),
        })),
  );
  const best = Math.max(0, ...pairs.map(({ shorter }) => shorter));
  return pairs.find(({ shorter }) => shorter >= 0.9 * best) ?? { middle: 1, end: 2 };
}

/**
 * Thigh, calf, foot and toe along the way from the first joint beside the pelvis to the tip of the foot.
 *
 * @param apart how far each joint of the way is from its fellow on the other side.
 */
export function legOf(
  way: readonly number[],
  apart: readonly number[],
  place: Place,
): { parts: Partial<Record<'thigh' | 'calf' | 'foot' | 'toe', number>>; beyondToe: number } {
  const size = way.reduce(
    (sum, joint, i) => sum + (i > 0 ? distance(place(joint), place(way[i - 1])) : 0),
    0,
  );
  const step = (i: number): number =>
    i + 1 < way.length ? distance(place(way[i]), place(way[i + 1])) : Number.POSITIVE_INFINITY;
  const start = way.findIndex((_, i) => apart[i] > 0.05 * size && step(i) > 0.06 * size);
  const leg = parted(way.slice(Math.max(0, start)), place);
  const [thigh, first, second] = leg;
  const upper = first === undefined ? 0 : distance(place(thigh), place(first));
  const lower = second === undefined ? upper : distance(place(first), place(second));
  const plain = leg.length <= 5 && lower > 0 && upper / lower > 0.55 && upper / lower < 1.8;
  const { middle, end } = plain ? { middle: 1, end: 2 } : halves(leg, place);
  const parts = { thigh, calf: leg[middle], foot: leg[end], toe: leg[end + 1] };
  return { parts, beyondToe: leg.length - end - 2 };
}

/**
 * Clavicle, upper arm, forearm and hand along the way from the trunk to the tip of the longest finger.
 *
 * @param apart how far each joint of the way is from its fellow on the other side.
 * @param branches number of children of a joint; a hand is where fingers part.
 */
export function armOf(
  way: readonly number[],
  apart: readonly number[],
  place: Place,
  branches: (joint: number) => number,
): Partial<Record<'clavicle' | 'upperArm' | 'forearm' | 'hand', number>> {
  const arm = parted(way, place);
  const gap = (joint: number): number => apart[way.indexOf(joint)];
  const length = (i: number): number =>
    i + 1 < arm.length ? distance(place(arm[i]), place(arm[i + 1])) : Number.POSITIVE_INFINITY;
  const close = gap(arm[0]) < 0.3 * gap(arm[1]);
  const short = length(0) < 0.75 * length(1);
  const collar = arm.length > 3 ? close || short : arm.length === 3 && close && short;
  const rest = collar ? arm.slice(1) : arm;
  const hand = rest.findIndex((joint, i) => i >= 2 && branches(joint) >= 3);
  if (hand > 2) {
    // The shoulder is the last joint from which the upper arm is still as long as the forearm.
    const whole = rest.slice(0, hand + 1).reverse();
    const { middle, end } = halves(whole, place);
    const clavicle = collar ? { clavicle: arm[0] } : {};
    return { ...clavicle, upperArm: whole[end], forearm: whole[middle], hand: whole[0] };
  }
  const parts = { upperArm: rest[0], forearm: rest[1], hand: rest[2] };
  return collar ? { clavicle: arm[0], ...parts } : parts;
}
