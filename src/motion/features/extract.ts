import { GaitwayError } from '../../errors.js';
import { type BlockSource, type FeatureBlock, type FeatureLayout, reachOf } from './layout.js';
import type { MotionTrack } from './motion-track.js';
import { type ClipEnds, jointAt, rootAt } from './sample-track.js';

/**
 * Feature rows of one clip, not normalised.
 *
 * | array   | shape               | meaning                                                     |
 * | ------- | ------------------- | ----------------------------------------------------------- |
 * | `rows`  | [frames, dimension] | metres, metres per second, unit vectors; all finite          |
 * | `valid` | [frames]            | 1 where everything that the row looks at lies inside the clip |
 */
export interface FeatureRows {
  readonly frameCount: number;
  readonly dimension: number;
  readonly rows: Float32Array;
  readonly valid: Uint8Array;
}

export interface ExtractOptions {
  /**
   * `mask` (default): frames too near to an end are marked invalid; their numbers are read from the end frame.
   * `extrapolate`: the path walks on straight beyond the ends and every frame is valid.
   */
  readonly ends?: 'mask' | 'extrapolate';
}

/**
 * Feature rows of every frame of a track, all seen from the root of that frame: x left, y up, z forward.
 *
 * Velocities are central differences over two frames, one-sided at the clip's ends and 0 in a one-frame clip.
 * Nothing is ever read from outside the clip.
 *
 * @throws GaitwayError `motion/missing-role` where the schema asks for a joint that the track lacks,
 *   `motion/not-finite` where a joint's place is no number.
 */
export function extractFeatures(
  track: MotionTrack,
  layout: FeatureLayout,
  options: ExtractOptions = {},
): FeatureRows {
  checkRoles(track, layout);
  checkFinite(track);
  const { frameCount, rateHz } = track;
  const { dimension } = layout;
  const rows = new Float32Array(frameCount * dimension);
  const ends: ClipEnds = options.ends === 'extrapolate' ? 'extrapolate' : 'clamp';
  for (const block of layout.blocks) writeBlock(track, block, dimension, ends, rows);

  const valid = new Uint8Array(frameCount);
  const { past, future } = reachOf(layout, rateHz);
  if (options.ends === 'extrapolate') valid.fill(1);
  else if (frameCount > past + future) valid.fill(1, past, frameCount - future);
  return { frameCount, dimension, rows, valid };
}

function checkRoles(track: MotionTrack, layout: FeatureLayout): void {
  const wanted = layout.blocks.flatMap(({ source }) => ('role' in source ? [source.role] : []));
  const missing = [...new Set(wanted)].filter((role) => !track.roles.includes(role));
  if (missing.length === 0) return;
  throw new GaitwayError(
    'motion/missing-role',
    `${track.name}: the feature schema asks for the ${missing.join(', ')}, which this skeleton's bone map lacks (it has ${track.roles.join(', ')}); add them to the map or take them out of the schema.`,
    { clip: track.name, missing, roles: track.roles },
  );
}

function checkFinite(track: MotionTrack): void {
  const { positions, roles } = track;
  for (let i = 0; i < positions.length; i++) {
    if (Number.isFinite(positions[i])) continue;
    const frame = Math.floor(i / (3 * roles.length));
    const joint = roles[Math.floor(i / 3) % roles.length];
    throw new GaitwayError(
      'motion/not-finite',
      `${track.name}: the ${joint} has no finite place at frame ${frame}; the clip is damaged there.`,
      { clip: track.name, role: joint, frame },
    );
  }
}

function writeBlock(
  track: MotionTrack,
  { source, offset }: FeatureBlock,
  dimension: number,
  ends: ClipEnds,
  rows: Float32Array,
): void {
  switch (source.quantity) {
    case 'joint-position':
      writeJointPosition(track, source, offset, dimension, ends, rows);
      break;
    case 'joint-velocity':
      writeJointVelocity(track, source, offset, dimension, ends, rows);
      break;
    default:
      source.times.forEach((time, k) => {
        writePath(track, source.quantity, time, offset + 2 * k, dimension, ends, rows);
      });
  }
}

/** Writes a world vector, turned into the frame that faces (u, v), or what `keep` leaves of it. */
function putTurned(
  rows: Float32Array,
  at: number,
  keep: 'all' | 'ground' | 'height',
  x: number,
  y: number,
  z: number,
  u: number,
  v: number,
): void {
  const left = x * v - z * u;
  const ahead = x * u + z * v;
  if (keep === 'height') rows[at] = y;
  else if (keep === 'ground') {
    rows[at] = left;
    rows[at + 1] = ahead;
  } else {
    rows[at] = left;
    rows[at + 1] = y;
    rows[at + 2] = ahead;
  }
}

function writeJointPosition(
  track: MotionTrack,
  { role, time, keep }: BlockSource & { quantity: 'joint-position' },
  offset: number,
  dimension: number,
  ends: ClipEnds,
  rows: Float32Array,
): void {
  const { frameCount, rateHz, rootX, rootZ, facingX, facingZ } = track;
  const joint = track.roles.indexOf(role);
  const p = new Float64Array(3);
  for (let f = 0; f < frameCount; f++) {
    jointAt(track, joint, f + time * rateHz, ends, p);
    const at = f * dimension + offset;
    putTurned(rows, at, keep, p[0] - rootX[f], p[1], p[2] - rootZ[f], facingX[f], facingZ[f]);
  }
}

function writeJointVelocity(
  track: MotionTrack,
  { role, time, keep, space }: BlockSource & { quantity: 'joint-velocity' },
  offset: number,
  dimension: number,
  ends: ClipEnds,
  rows: Float32Array,
): void {
  const { frameCount, rateHz, facingX, facingZ } = track;
  const joint = track.roles.indexOf(role);
  const p = new Float64Array(3);
  const q = new Float64Array(3);
  const root = new Float64Array(4);
  for (let f = 0; f < frameCount; f++) {
    // The pose does not go on beyond the clip, so its last step stands for what follows.
    const middle = Math.min(Math.max(f + time * rateHz, 0), frameCount - 1);
    const before = Math.max(middle - 1, 0);
    const after = Math.min(middle + 1, frameCount - 1);
    const perSecond = after > before ? rateHz / (after - before) : 0;
    jointAt(track, joint, before, ends, p);
    jointAt(track, joint, after, ends, q);
    const at = f * dimension + offset;
    const up = (q[1] - p[1]) * perSecond;
    if (space === 'world') {
      const x = (q[0] - p[0]) * perSecond;
      const z = (q[2] - p[2]) * perSecond;
      putTurned(rows, at, keep, x, up, z, facingX[f], facingZ[f]);
    } else {
      rootAt(track, before, ends, root);
      const left = (p[0] - root[0]) * root[3] - (p[2] - root[1]) * root[2];
      const ahead = (p[0] - root[0]) * root[2] + (p[2] - root[1]) * root[3];
      rootAt(track, after, ends, root);
      const x = (q[0] - root[0]) * root[3] - (q[2] - root[1]) * root[2] - left;
      const z = (q[0] - root[0]) * root[2] + (q[2] - root[1]) * root[3] - ahead;
      putTurned(rows, at, keep, x * perSecond, up, z * perSecond, 0, 1);
    }
  }
}

function writePath(
  track: MotionTrack,
  quantity: 'path-position' | 'path-velocity' | 'path-facing',
  time: number,
  offset: number,
  dimension: number,
  ends: ClipEnds,
  rows: Float32Array,
): void {
  const { frameCount, rateHz, rootX, rootZ, facingX, facingZ } = track;
  const low = ends === 'clamp' ? 0 : -Infinity;
  const high = ends === 'clamp' ? frameCount - 1 : Infinity;
  const here = new Float64Array(4);
  const there = new Float64Array(4);
  for (let f = 0; f < frameCount; f++) {
    const place = f + time * rateHz;
    let x: number;
    let z: number;
    if (quantity === 'path-velocity') {
      const middle = Math.min(Math.max(place, low), high);
      const before = Math.max(middle - 1, low);
      const after = Math.min(middle + 1, high);
      const perSecond = after > before ? rateHz / (after - before) : 0;
      rootAt(track, before, ends, here);
      rootAt(track, after, ends, there);
      x = (there[0] - here[0]) * perSecond;
      z = (there[1] - here[1]) * perSecond;
    } else {
      rootAt(track, place, ends, there);
      const isPlace = quantity === 'path-position';
      x = isPlace ? there[0] - rootX[f] : there[2];
      z = isPlace ? there[1] - rootZ[f] : there[3];
    }
    putTurned(rows, f * dimension + offset, 'ground', x, 0, z, facingX[f], facingZ[f]);
  }
}
