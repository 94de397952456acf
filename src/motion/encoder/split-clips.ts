import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import type { MotionTrack } from '../features/motion-track.js';
import { samplesOf } from './samples.js';

/**
 * Whole clips are held out, drawn by the seed; at least one is, and at least one is learned from.
 *
 * @throws GaitwayError `encoder/too-few-samples` where less than two clips are long enough.
 */
export function splitClips(
  tracks: readonly MotionTrack[],
  { seed, heldOutShare }: { readonly seed: number; readonly heldOutShare: number },
): { learned: MotionTrack[]; heldOut: MotionTrack[] } {
  const usable = tracks.filter((track) => samplesOf([track]).count > 0);
  if (usable.length < 2) {
    throw new GaitwayError(
      'encoder/too-few-samples',
      `Only ${usable.length} of ${tracks.length} clips is longer than 1.4 s; two are needed, one to learn from and one to check against.`,
      { clips: tracks.length, usable: usable.length },
    );
  }
  const random = seededRandom(seed);
  const drawn = usable.map((track) => ({ track, draw: random.uniform() })).sort((a, b) => a.draw - b.draw);
  const count = Math.min(usable.length - 1, Math.max(1, Math.round(heldOutShare * usable.length)));
  const held = new Set(drawn.slice(0, count).map(({ track }) => track));
  return {
    learned: usable.filter((track) => !held.has(track)),
    heldOut: usable.filter((track) => held.has(track)),
  };
}
