import type { MotionTrack } from '../features/motion-track.js';

/** Thigh to calf to ankle where the calf is known, else thigh to ankle at its straightest; metres, left leg. */
export function legLength(track: MotionTrack): number {
  const { roles, frameCount } = track;
  const [thigh, calf, foot] = ['thighL', 'calfL', 'footL'].map((role) => roles.indexOf(role));
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
  return Math.hypot(
    positions[b] - positions[a],
    positions[b + 1] - positions[a + 1],
    positions[b + 2] - positions[a + 2],
  );
}
