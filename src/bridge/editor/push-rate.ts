import { makeRate, type Rate, rateHz } from '../../clip/index.js';

/** Whether Unreal lets an animation of rate `from` change to `to`: a multiple or a factor of it. */
export function canChangeRate(from: Rate, to: Rate): boolean {
  const ratio = makeRate(to.numerator * from.denominator, to.denominator * from.numerator);
  return ratio.numerator === 1 || ratio.denominator === 1;
}

/** Beyond this a common multiple is no rate any more. */
const MOST_HZ = 1000;

/** Whether Unreal lets an animation of rate `from` change to a common multiple of both, and then to `to`. */
export function canChangeRateInTwo(from: Rate, to: Rate): boolean {
  const common = leastCommonMultiple(from.numerator, to.numerator);
  return common / greatestCommonDivisor(from.denominator, to.denominator) <= MOST_HZ;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
const leastCommonMultiple = (a: number, b: number): number => (a / greatestCommonDivisor(a, b)) * b;

/**
 * The rate to push at: the clip's own where the engine takes it for a new animation, with `keepRate` also over a
 * common multiple (24, 25, 50), else the smallest multiple of the project's default rate that loses no frame (24 and
 * 25 → 30, 50 → 60, 100 → 120).
 */
export function pushRate(own: Rate, defaultRate: Rate, keepRate: boolean): Rate {
  if (canChangeRate(defaultRate, own) || (keepRate && canChangeRateInTwo(defaultRate, own))) return own;
  const times = Math.ceil(rateHz(own) / rateHz(defaultRate) - 1e-9);
  return makeRate(defaultRate.numerator * times, defaultRate.denominator);
}
