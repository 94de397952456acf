import type { MotionTrack } from '../features/motion-track.js';

/** Of all frames, so many are faster. */
const BEYOND = 0.005;

/** How fast roots go and turn in tracks at most, but for the rarest frames: metres and radians per second. */
export function rootLimits(tracks: readonly MotionTrack[]): {
  readonly speed: number;
  readonly turn: number;
} {
  const speeds: number[] = [];
  const turns: number[] = [];
  for (const { rootX, rootZ, facingX, facingZ, frameCount, rateHz } of tracks) {
    for (let f = 1; f < frameCount; f++) {
      speeds.push(Math.hypot(rootX[f] - rootX[f - 1], rootZ[f] - rootZ[f - 1]) * rateHz);
      const cross = facingX[f] * facingZ[f - 1] - facingZ[f] * facingX[f - 1];
      const dot = facingX[f] * facingX[f - 1] + facingZ[f] * facingZ[f - 1];
      turns.push(Math.abs(Math.atan2(cross, dot)) * rateHz);
    }
  }
  const most = (values: number[]): number => {
    const sorted = Float64Array.from(values).sort();
    return sorted[Math.ceil((1 - BEYOND) * (sorted.length - 1))] ?? 0;
  };
  return { speed: most(speeds), turn: most(turns) };
}
