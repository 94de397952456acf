import { GaitwayError } from '../errors.js';

/** Frames per second as an exact fraction: 30000/1001 is not 29.97. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Rates that files mean when they write a rounded frame time. */
const USUAL_HZ = [
  24, 25, 30, 48, 50, 60, 72, 90, 100, 120, 144, 150, 180, 200, 240, 250, 300, 360, 400, 480, 500, 600, 1000,
];
const NTSC = [24000, 30000, 48000, 60000, 120000];

/** Written frame times are rounded to five digits or more; 24 and 23.976 are 1e-3 apart. */
const SAME_RATE = 4e-4;

export const rateHz = (rate: Rate): number => rate.numerator / rate.denominator;

/** Seconds from one frame to the next. */
export const frameTime = (rate: Rate): number => rate.denominator / rate.numerator;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/**
 * The rate of `numerator / denominator` frames per second in lowest terms.
 *
 * @throws GaitwayError `clip/bad-rate` where either is no positive whole number.
 */
export function makeRate(numerator: number, denominator = 1): Rate {
  if (
    !(
      Number.isSafeInteger(numerator) &&
      Number.isSafeInteger(denominator) &&
      numerator > 0 &&
      denominator > 0
    )
  ) {
    throw new GaitwayError(
      'clip/bad-rate',
      `A frame rate must be a fraction of two positive whole numbers, not ${numerator}/${denominator}.`,
      { numerator, denominator },
    );
  }
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** A rate from a number of frames per second: the usual one within 0.04 %, else the number to a millionth. */
export function rateFromHz(hz: number): Rate {
  if (!(hz > 0 && Number.isFinite(hz) && hz <= 1e6)) {
    throw new GaitwayError(
      'clip/bad-rate',
      `A frame rate must be above 0 and at most 1000000 Hz, not ${hz}.`,
      { hz },
    );
  }
  if (Number.isInteger(hz)) return makeRate(hz);
  // The nearest usual rate, not the first: 29.97 lies within 0.1 % of 30 too.
  const usual = [...USUAL_HZ.map((n) => [n, 1] as const), ...NTSC.map((n) => [n, 1001] as const)];
  let best: readonly [number, number] | undefined;
  for (const candidate of usual) {
    if (!best || Math.abs(candidate[0] / candidate[1] - hz) < Math.abs(best[0] / best[1] - hz))
      best = candidate;
  }
  if (best && Math.abs(best[0] / best[1] / hz - 1) < SAME_RATE) return makeRate(best[0], best[1]);
  return makeRate(Math.max(1, Math.round(hz * 1e6)), 1_000_000);
}
