import type { MotionTrack } from './motion-track.js';

/** What stands in for frames before the first and after the last: that frame, or a straight walk on from it. */
export type ClipEnds = 'clamp' | 'extrapolate';

/** A place in frames this close to a whole one is that frame: 0.7 s at 30 Hz is 21, not 20.999… */
const WHOLE_FRAME = 1e-9;

/**
 * Writes the root at a place in frames (any number) to `out`: x, z, facing x, facing z, in the world.
 *
 * Between frames it is a straight line with the facing made unit again. Beyond the clip the root stands still
 * at the end (`clamp`) or walks on with the speed of the last step (`extrapolate`), facing as at the end.
 */
export function rootAt(track: MotionTrack, place: number, ends: ClipEnds, out: Float64Array): void {
  const { rootX, rootZ, facingX, facingZ, frameCount } = track;
  const last = frameCount - 1;
  const inside = Math.min(Math.max(place, 0), last);
  const low = Math.floor(inside + WHOLE_FRAME);
  const share = inside - low > WHOLE_FRAME ? inside - low : 0;
  const high = share > 0 ? low + 1 : low;
  out[0] = rootX[low] + (rootX[high] - rootX[low]) * share;
  out[1] = rootZ[low] + (rootZ[high] - rootZ[low]) * share;
  const u = facingX[low] + (facingX[high] - facingX[low]) * share;
  const v = facingZ[low] + (facingZ[high] - facingZ[low]) * share;
  const size = Math.sqrt(u * u + v * v) || 1;
  out[2] = u / size;
  out[3] = v / size;
  if (ends === 'extrapolate' && place !== inside && last > 0) {
    const from = place < 0 ? 0 : last - 1;
    out[0] += (place - inside) * (rootX[from + 1] - rootX[from]);
    out[1] += (place - inside) * (rootZ[from + 1] - rootZ[from]);
  }
}
