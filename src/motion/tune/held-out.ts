import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { scoredSamples } from '../evaluate/samples.js';
import type { MotionTrack } from '../features/motion-track.js';

/** Share of the frames that can be scored which is kept back. */
const SHARE = 0.2;

/**
 * Parts clips, whole, into those to fit on and those kept back to be scored: a fifth of the frames or a little
 * more.
 *
 * Clips in which no frame can be scored are fitted on. Order stays.
 *
 * @throws GaitwayError `tune/too-few-clips` where fewer than three clips are long enough.
 */
export function drawHeldOut<T extends { readonly track: MotionTrack }>(
  clips: readonly T[],
  seed: number,
): { readonly fitted: T[]; readonly heldOut: T[] } {
  const frames = clips.map(({ track }) => scoredSamples([track]).frame.length);
  const order = [...clips.keys()].filter((c) => frames[c] > 0);
  if (order.length < 3) {
    throw new GaitwayError(
      'tune/too-few-clips',
      `${order.length} of ${clips.length} clips have a frame with 0.4 s before it and 1 s after it; three are wanted: two that answer each other and one that is kept back.`,
      { clips: clips.length, usable: order.length },
    );
  }
  const random = seededRandom(seed);
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [order[k], order[other]] = [order[other], order[k]];
  }
  const wanted = SHARE * frames.reduce((sum, count) => sum + count, 0);
  const kept = new Set<number>();
  let sum = 0;
  for (const c of order.slice(2)) {
    if (sum >= wanted) break;
    kept.add(c);
    sum += frames[c];
  }
  return {
    fitted: clips.filter((_, c) => !kept.has(c)),
    heldOut: clips.filter((_, c) => kept.has(c)),
  };
}
