import { type BodyRole, frameTime, type Rate } from '../../clip/index.js';
import { middleOf } from '../../math/middle.js';
import { size2 } from '../../math/size.js';
import { SIDES, type Side } from '../body/body.js';
import { STANDARD_LEG } from '../contacts/contacts.js';
import { CM, haveBoth, type Measured, meanOf, placeOf } from './measured.js';

/** For each side [frames], 1 where the source's foot stands. */
export type Standing = Readonly<Record<Side, Uint8Array | undefined>>;

/** How standing feet slide, and how evenly soles keep their height. */
export function footErrors(
  source: Measured,
  target: Measured,
  standing: Standing,
  rate: Rate,
  from: number,
): {
  readonly slideSourceCmPerSecond: number | undefined;
  readonly slideCmPerSecond: number | undefined;
  readonly floorCm: number | undefined;
} {
  const feet = SIDES.flatMap((side) => {
    const role = haveBoth(source, target, [`toe${side}`])
      ? (`toe${side}` as const)
      : (`foot${side}` as const);
    const flags = standing[side];
    return flags && haveBoth(source, target, [role]) ? [{ role, flags }] : [];
  });
  const own = footTrail(target, feet, from);
  const theirs = footTrail(source, feet, from);
  const floor = middleOf(Float64Array.from(own.heights)) ?? 0;
  const theirFloor = middleOf(Float64Array.from(theirs.heights)) ?? 0;
  const { length } = own.heights;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += Math.abs(own.heights[i] - floor - (theirs.heights[i] - theirFloor));
  return {
    slideSourceCmPerSecond: meanOf(theirs.way / frameTime(rate), length),
    slideCmPerSecond: meanOf(own.way / frameTime(rate), length),
    floorCm: meanOf(sum, length),
  };
}

/** What feet go along the floor in the frames in which they stand, cm, and their heights then, foot by foot. */
function footTrail(
  { places, leg }: Measured,
  feet: readonly { readonly role: BodyRole; readonly flags: Uint8Array }[],
  from: number,
): { readonly way: number; readonly heights: Float64Array } {
  const { positions: p, rowCount, frameCount } = places;
  const heights = new Float64Array(feet.length * frameCount);
  const cm = (STANDARD_LEG / leg) * CM;
  const step = 3 * rowCount;
  let way = 0;
  let n = 0;
  for (const { role, flags } of feet) {
    const joint = placeOf(places, role);
    for (let f = Math.max(1, from); f < frameCount; f++) {
      if (!flags[f] || !flags[f - 1]) continue;
      const at = step * f + joint;
      way += size2(p[at] - p[at - step], p[at + 2] - p[at + 2 - step]) * cm;
      heights[n++] = p[at + 1] * cm;
    }
  }
  return { way, heights: heights.subarray(0, n) };
}
