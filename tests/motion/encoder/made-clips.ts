import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { madeWalk } from '../made-tracks.js';

/** Walks of several speeds, turns and gaits: enough to learn from in seconds. */
export function madeWalks(count: number, frames = 121): MotionTrack[] {
  return Array.from({ length: count }, (_, n) =>
    madeWalk({
      name: `walk ${n}`,
      frames,
      speed: 0.6 + 0.3 * (n % 5),
      turn: 0.4 * ((n % 3) - 1),
      heading: n,
      cadence: 1 + 0.25 * (n % 4),
    }),
  );
}

/** The code of the error that `act` throws or rejects with. */
export async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing thrown';
}
