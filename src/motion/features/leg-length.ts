import type { MotionTrack } from './motion-track.js';

/** Thigh to calf to ankle where the calf is known, else thigh to ankle at its straightest; metres. */
export function legLength(track: MotionTrack, side: 'L' | 'R' = 'L'): number {
  const { roles, frameCount } = track;
  const [thigh, calf, foot] = ['thigh', 'calf', 'foot'].map((part) => roles.indexOf(part + side));
  let longest = 0;
  for (let f = 0; f < frameCount; f++) {
    const length =
      calf < 0
        ? distance(track, f, thigh, foot)
        : distance(track, f, thigh, calf) + distance(track, f, calf, foot);
    longest = Math.max(longest, length);
  }
  return longest;
}

function distance({ positions, roles }: MotionTrack, frame: number, from: number, to: number): number {
  const a = 3 * (frame * roles.length + from);
  const b = 3 * (frame * roles.length + to);
  const x = positions[b] - positions[a];
  const y = positions[b + 1] - positions[a + 1];
  const z = positions[b + 2] - positions[a + 2];
  return Math.sqrt(x * x + y * y + z * z);
}
