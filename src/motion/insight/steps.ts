import { smoothOverTime } from './time-kernel.js';

/** Gradients beyond so many times their root mean square are cut there. */
const CLIP = 2;

/**
 * Steps along gradients [frames, width] in groups of `size` numbers: the longest has the length `longest`, wherever the
 * gradient is twice its root mean square or more. What does not change gives steps of 0.
 */
export function clippedSteps(gradient: Float64Array, size: number, longest: number): Float64Array {
  let square = 0;
  for (const value of gradient) square += value * value;
  const usual = Math.sqrt(square / (gradient.length / size));
  const out = new Float64Array(gradient.length);
  if (!(usual > 0)) return out;
  for (let at = 0; at < gradient.length; at += size) {
    let length = 0;
    for (let k = 0; k < size; k++) length += gradient[at + k] ** 2;
    length = Math.sqrt(length);
    const factor = longest / Math.max(length, CLIP * usual);
    for (let k = 0; k < size; k++) out[at + k] = gradient[at + k] * factor;
  }
  return out;
}

/**
 * Spreads gradients [frames, width] that end at `present` over time: by a bell of `spread` frames, and beyond the present
 * as they are there, fading by e every `end` frames.
 */
export function withFadingEnd(
  gradient: Float64Array,
  width: number,
  present: number,
  spread: number,
  end: number,
): Float64Array {
  const held = gradient.slice();
  const frames = gradient.length / width;
  for (let f = present + 1; f < frames; f++) {
    const share = Math.exp((present - f) / end);
    for (let c = 0; c < width; c++) held[f * width + c] += share * gradient[present * width + c];
  }
  return smoothOverTime(held, width, spread);
}
