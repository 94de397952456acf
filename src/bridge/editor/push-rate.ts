import { makeRate, type Rate, rateHz } from '../../clip/index.js';

/** Whether Unreal lets an animation of rate `from` change to `to`: a multiple or a factor of it. */
export function canChangeRate(from: Rate, to: Rate): boolean {
  const ratio = makeRate(to.numerator * from.denominator, to.denominator * from.numerator);
  return ratio.numerator === 1 || ratio.denominator === 1;
}

/**
 * The rate to push at: the clip's own where the engine takes it for a new animation, else the smallest multiple
 * of the project's default rate that loses no frame (24 and 25 → 30, 50 → 60, 100 → 120).
 */
export function pushRate(own: Rate, defaultRate: Rate): Rate {
  if (canChangeRate(defaultRate, own)) return own;
  const times = Math.ceil(rateHz(own) / rateHz(defaultRate) - 1e-9);
  return makeRate(defaultRate.numerator * times, defaultRate.denominator);
}
