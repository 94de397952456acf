import { size3 } from '../../math/size.js';
import { SIDES } from '../body/body.js';
import type { JointPlaces } from '../body/joint-places.js';
import { haveBoth, type Measured, meanOf, placeOf, strideOf } from './measured.js';

const DEGREES = 180 / Math.PI;

const PARTS = { arms: ['upperArm', 'forearm', 'hand'], legs: ['thigh', 'calf', 'foot'] } as const;

type Limb = readonly [upper: number, lower: number, tip: number];

/** The limbs that both figures have whole, by where their joints' places begin in each. */
function limbsOf(source: Measured, target: Measured, group: 'arms' | 'legs'): [Limb, Limb][] {
  return SIDES.flatMap((side) => {
    const roles = PARTS[group].map((part) => `${part}${side}` as const);
    if (!haveBoth(source, target, roles)) return [];
    const limb = ({ places }: Measured): Limb => {
      const [upper, lower, tip] = roles.map((role) => placeOf(places, role));
      return [upper, lower, tip] as Limb;
    };
    return [[limb(source), limb(target)]];
  });
}

/** Mean angle between the bones of both figures' arms or legs, degrees. */
export function directionError(
  source: Measured,
  target: Measured,
  group: 'arms' | 'legs',
  from: number,
): number | undefined {
  const stride = strideOf(source.places, from);
  const [a, b] = [new Float64Array(3), new Float64Array(3)];
  let sum = 0;
  let count = 0;
  for (const side of SIDES) {
    const roles = PARTS[group].map((part) => `${part}${side}` as const);
    for (let bone = 0; bone < 2; bone++) {
      if (!haveBoth(source, target, [roles[bone], roles[bone + 1]])) continue;
      const [begin, end] = [placeOf(source.places, roles[bone]), placeOf(source.places, roles[bone + 1])];
      const [ownBegin, ownEnd] = [
        placeOf(target.places, roles[bone]),
        placeOf(target.places, roles[bone + 1]),
      ];
      for (let f = from; f < source.places.frameCount; f += stride) {
        boneAt(source.places, f, begin, end, a);
        boneAt(target.places, f, ownBegin, ownEnd, b);
        sum += angleBetween(a, b) * DEGREES;
        count++;
      }
    }
  }
  return meanOf(sum, count);
}

/** Where hands and feet are to shoulders and hips, and how much of what they are off cannot be avoided, percent. */
export function chainErrors(
  source: Measured,
  target: Measured,
  from: number,
): { readonly chainPercent: number | undefined; readonly chainLeastPercent: number | undefined } {
  const stride = strideOf(source.places, from);
  const [upper, lower, ownUpper, ownLower] = [0, 0, 0, 0].map(() => new Float64Array(3));
  let sum = 0;
  let count = 0;
  let least = 0;
  let leastCount = 0;
  for (const [theirs, own] of [...limbsOf(source, target, 'arms'), ...limbsOf(source, target, 'legs')]) {
    for (let f = from; f < source.places.frameCount; f += stride) {
      const upperLength = boneAt(source.places, f, theirs[0], theirs[1], upper);
      const lowerLength = boneAt(source.places, f, theirs[1], theirs[2], lower);
      const ownUpperLength = boneAt(target.places, f, own[0], own[1], ownUpper);
      const ownLowerLength = boneAt(target.places, f, own[1], own[2], ownLower);
      const whole = upperLength + lowerLength;
      const ownWhole = ownUpperLength + ownLowerLength;
      let squares = 0;
      let leastSquares = 0;
      for (let k = 0; k < 3; k++) {
        const wanted = (upper[k] + lower[k]) / whole;
        squares += (wanted - (ownUpper[k] + ownLower[k]) / ownWhole) ** 2;
        const alike = upper[k] * (ownUpperLength / upperLength) + lower[k] * (ownLowerLength / lowerLength);
        leastSquares += (wanted - alike / ownWhole) ** 2;
      }
      sum += 100 * Math.sqrt(squares);
      count++;
      if (upperLength < 1e-6 || lowerLength < 1e-6) continue;
      least += 100 * Math.sqrt(leastSquares);
      leastCount++;
    }
  }
  return { chainPercent: meanOf(sum, count), chainLeastPercent: meanOf(least, leastCount) };
}

/** From one joint to another in a frame; gives the length. */
function boneAt(
  { positions, rowCount }: JointPlaces,
  frame: number,
  begin: number,
  end: number,
  out: Float64Array,
): number {
  const row = 3 * frame * rowCount;
  for (let k = 0; k < 3; k++) out[k] = positions[row + end + k] - positions[row + begin + k];
  return size3(out[0], out[1], out[2]);
}

/** Angle between two directions, radians; 0 where either has no length. */
function angleBetween(a: Float64Array, b: Float64Array): number {
  const x = a[1] * b[2] - a[2] * b[1];
  const y = a[2] * b[0] - a[0] * b[2];
  const z = a[0] * b[1] - a[1] * b[0];
  return Math.atan2(size3(x, y, z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}
