const WARM_UP_STEPS = 200;

/** The learning rate of a step (from 1): it rises over the first ones and then falls along a half cosine. */
export function rateAt(step: number, steps: number, highest: number): number {
  return highest * Math.min(1, step / WARM_UP_STEPS) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}
