import { makeRate, type Rate, rateHz } from '../../clip/index.js';
import type { GltfAnimation } from './animation.js';

/** Rates that keys may lie on, likeliest first; glTF itself states none. */
const CANDIDATES = [30, 24, 25, 60, 50, 48, 90, 100, 120, 144, 240].map((hz) => makeRate(hz));
const FALLBACK = makeRate(30);
/** Keys are float32 seconds, often rounded to a millisecond on the way. */
const OFF_FRAME = 0.02;
const SHARE_ON_FRAMES = 0.98;

/** The rate that the file states, else the one on whose frames the keys lie; 30 where they lie on none. */
export function guessRate(animation: GltfAnimation): { readonly rate: Rate; readonly fits: boolean } {
  if (animation.statedRate) return { rate: animation.statedRate, fits: true };
  const times = new Set<number>();
  for (const line of animation.timeLines) for (const time of line) times.add(time);
  const rate = CANDIDATES.find((candidate) => {
    let on = 0;
    for (const time of times) {
      const frame = time * rateHz(candidate);
      if (Math.abs(frame - Math.round(frame)) < OFF_FRAME) on++;
    }
    return on >= SHARE_ON_FRAMES * times.size;
  });
  return { rate: rate ?? FALLBACK, fits: rate !== undefined };
}
