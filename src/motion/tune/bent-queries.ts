import type { Random } from '../../math/random.js';
import { bendByDraws, drawBends } from '../encoder/bent-path.js';
import type { PathPoint } from '../encoder/seen-from-root.js';
import { extractFeatures, type FeatureRows } from '../features/extract.js';
import { type FeatureLayout, reachOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';

/**
 * Raw feature rows of some frames of a track as a player's stick would ask for them: of a share of the frames
 * the path ahead is bent, each by draws of its own. [frames.length, dimension]
 *
 * Only what a query takes from the character and from times ahead changes; `valid` is that of the true frames.
 */
export function bentRows(
  track: MotionTrack,
  frames: ArrayLike<number>,
  layout: FeatureLayout,
  share: number,
  random: Random,
): FeatureRows {
  const { dimension } = layout;
  const truth = extractFeatures(track, layout);
  const ahead = {
    ...layout,
    blocks: layout.blocks.filter(({ query, time = 0 }) => query === 'character' && time > 0),
  };
  const reach = reachOf(ahead, track.rateHz);
  const bend = bendByDraws(drawBends(frames.length, share, random));
  const rows = new Float32Array(frames.length * dimension);
  const valid = new Uint8Array(frames.length);
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i];
    rows.set(truth.rows.subarray(frame * dimension, (frame + 1) * dimension), i * dimension);
    valid[i] = truth.valid[frame];
    const from = Math.max(0, frame - reach.past);
    const piece = pieceOf(track, from, Math.min(track.frameCount, frame + reach.future + 1));
    bendAhead(piece, frame - from, (seconds, point) => bend(i, seconds, point));
    const bent = extractFeatures(piece, ahead).rows;
    for (const { offset, size } of ahead.blocks) {
      const at = (frame - from) * dimension + offset;
      rows.set(bent.subarray(at, at + size), i * dimension + offset);
    }
  }
  return { frameCount: frames.length, dimension, rows, valid };
}

/** Frames `from` … `to` − 1 of a track; the root's arrays are copies. */
function pieceOf(track: MotionTrack, from: number, to: number): MotionTrack {
  const { name, rateHz, roles, positions } = track;
  const stride = 3 * roles.length;
  return {
    name,
    rateHz,
    roles,
    frameCount: to - from,
    positions: positions.subarray(from * stride, to * stride),
    rootX: track.rootX.slice(from, to),
    rootZ: track.rootZ.slice(from, to),
    facingX: track.facingX.slice(from, to),
    facingZ: track.facingZ.slice(from, to),
    ...(track.rotations && {
      rotations: track.rotations.subarray(from * 4 * roles.length, to * 4 * roles.length),
    }),
    ...(track.restRotations && { restRotations: track.restRotations }),
    ...(track.rootJoint !== undefined && { rootJoint: track.rootJoint }),
  };
}

function bendAhead(
  { frameCount, rateHz, rootX, rootZ, facingX, facingZ }: MotionTrack,
  frame: number,
  bend: (seconds: number, point: PathPoint) => void,
): void {
  const [x, z, u, v] = [rootX[frame], rootZ[frame], facingX[frame], facingZ[frame]];
  const point: PathPoint = { x: 0, z: 0, facingX: 0, facingZ: 0 };
  for (let f = frame + 1; f < frameCount; f++) {
    point.x = (rootX[f] - x) * v - (rootZ[f] - z) * u;
    point.z = (rootX[f] - x) * u + (rootZ[f] - z) * v;
    point.facingX = facingX[f] * v - facingZ[f] * u;
    point.facingZ = facingX[f] * u + facingZ[f] * v;
    bend((f - frame) / rateHz, point);
    rootX[f] = x + point.x * v + point.z * u;
    rootZ[f] = z - point.x * u + point.z * v;
    facingX[f] = point.facingX * v + point.facingZ * u;
    facingZ[f] = point.facingZ * v - point.facingX * u;
  }
}
