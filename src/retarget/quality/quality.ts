import type { Rate } from '../../clip/index.js';
import { footErrors, type Standing } from './foot-errors.js';
import { chainErrors, directionError } from './limb-errors.js';
import type { Measured } from './measured.js';
import { jerkRatio, rootError } from './way-errors.js';

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

/**
 * Measures a carried clip against its source from frame `from` on.
 *
 * `stretch` is how much further the target was asked to go than its legs would have it.
 */
export function measureQuality(
  source: Measured,
  target: Measured,
  standing: Standing,
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
