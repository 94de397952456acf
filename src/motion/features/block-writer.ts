import type { BlockSource, FeatureBlock, Keep } from './feature-block.js';
import { phaseOf } from './phase.js';
import { type Series, type Timeline, valuesFrom } from './timeline.js';

type Of<Quantity> = Extract<BlockSource, { quantity: Quantity }>;

/**
 * Writes a block's numbers of every frame into rows [frames, dimension].
 *
 * @param velocityOver Seconds that velocities look back over; nothing: one frame back and one ahead.
 */
export function writeBlock(
  timeline: Timeline,
  { source, offset }: FeatureBlock,
  velocityOver: number | undefined,
  dimension: number,
  rows: Float32Array,
): void {
  switch (source.quantity) {
    case 'position':
      turnInto(timeline, source, seenFrom(timeline, source), offset, dimension, rows);
      return;
    case 'heading':
      turnInto(timeline, source, directions(timeline, source), offset, dimension, rows);
      return;
    case 'velocity': {
      const velocity = velocities(timeline, source, velocityOver);
      if (source.space === 'character') put(velocity, source.keep, offset, dimension, rows);
      else turnInto(timeline, source, velocity, offset, dimension, rows);
      return;
    }
    case 'phase': {
      const phase = phaseOf(timeline, source.joint);
      for (let f = 0, at = offset; f < timeline.frameCount; f++, at += dimension) {
        rows[at] = phase[2 * f];
        rows[at + 1] = phase[2 * f + 1];
      }
    }
  }
}

/** `count` frames of a series from a time on, from frame `first` of the clip. */
function shifted(
  { margin, track }: Timeline,
  { x, y, z }: Series,
  time: number,
  first: number,
  count: number,
): Series {
  const place = margin + first + time * track.rateHz;
  return {
    x: valuesFrom(x, place, count),
    y: valuesFrom(y, place, count),
    z: valuesFrom(z, place, count),
  };
}

function less(a: Series, b: Series): Series {
  const count = a.x.length;
  const out = { x: new Float64Array(count), y: new Float64Array(count), z: new Float64Array(count) };
  for (let f = 0; f < count; f++) {
    out.x[f] = a.x[f] - b.x[f];
    out.y[f] = a.y[f] - b.y[f];
    out.z[f] = a.z[f] - b.z[f];
  }
  return out;
}

/** World vectors from the origin to the subject: [frames], not turned yet. */
function seenFrom(timeline: Timeline, source: Of<'position'>): Series {
  const { root, frameCount, joint } = timeline;
  const subject = source.joint === undefined ? root : joint(source.joint);
  const origin = source.origin === undefined ? root : joint(source.origin);
  return less(
    shifted(timeline, subject, source.time, 0, frameCount),
    shifted(timeline, origin, source.originTime, 0, frameCount),
  );
}

/** World directions, unit: [frames], not turned yet. */
function directions(timeline: Timeline, source: Of<'heading'>): Series {
  const { facing, axis, frameCount } = timeline;
  const series = source.joint === undefined ? facing : axis(source.joint, source.axis);
  return unit(shifted(timeline, series, source.time, 0, frameCount));
}

/**
 * Velocities in metres per second: [frames]; of a bystander in the world, not turned yet, of the character in its
 * own frame.
 */
function velocities(timeline: Timeline, source: Of<'velocity'>, over: number | undefined): Series {
  const { frameCount, track } = timeline;
  const back = over === undefined ? 1 : over * track.rateHz;
  const ahead = over === undefined ? 1 : 0;
  const before = Math.ceil(back - 1e-9);
  const after = ahead;
  const path =
    source.space === 'world'
      ? worldPath(timeline, source, -before, frameCount + before + after)
      : ownPath(timeline, source, -before, frameCount + before + after);
  const from = before - back;
  const to = before + ahead;
  const difference = less(partOf(path, to, frameCount), partOf(path, from, frameCount));
  const perSecond = track.rateHz / (to - from);
  for (const values of [difference.x, difference.y, difference.z])
    for (let f = 0; f < frameCount; f++) values[f] *= perSecond;
  return source.normalise ? unit(difference) : difference;
}

const partOf = ({ x, y, z }: Series, place: number, count: number): Series => ({
  x: valuesFrom(x, place, count),
  y: valuesFrom(y, place, count),
  z: valuesFrom(z, place, count),
});

/** World places of the subject from frame `first` on; the origin does not matter to a bystander. */
function worldPath(timeline: Timeline, source: Of<'velocity'>, first: number, count: number): Series {
  const subject = source.joint === undefined ? timeline.root : timeline.running(source.joint);
  return shifted(timeline, subject, source.time, first, count);
}

/** Places of the subject in the root's frame from frame `first` on, going on by their own last step at the ends. */
function ownPath(timeline: Timeline, source: Of<'velocity'>, first: number, count: number): Series {
  const { root, facing, joint, frameCount, track } = timeline;
  const subject = source.joint === undefined ? root : joint(source.joint);
  const origin = source.origin === undefined ? root : joint(source.origin);
  const world = less(
    shifted(timeline, subject, source.time, first, count),
    shifted(timeline, origin, source.originTime, first, count),
  );
  const seen = shifted(timeline, facing, source.originTime, first, count);
  for (let f = 0; f < count; f++) {
    const [x, z, u, v] = [world.x[f], world.z[f], seen.x[f], seen.z[f]];
    const size = Math.sqrt(u * u + v * v) || 1;
    world.x[f] = (x * v - z * u) / size;
    world.z[f] = (x * u + z * v) / size;
  }
  if (track.loop) return world;
  const { rateHz } = track;
  const low = Math.max(0, Math.ceil(-Math.min(source.time, source.originTime) * rateHz - 1e-9));
  const high =
    frameCount - 1 - Math.max(0, Math.ceil(Math.max(source.time, source.originTime) * rateHz - 1e-9));
  const begin = Math.min(low, frameCount - 1) - first;
  const end = Math.max(high - first, begin);
  for (const values of [world.x, world.y, world.z]) {
    const firstStep = end > begin ? values[begin + 1] - values[begin] : 0;
    const lastStep = end > begin ? values[end] - values[end - 1] : 0;
    for (let f = begin - 1; f >= 0; f--) values[f] = values[f + 1] - firstStep;
    for (let f = end + 1; f < count; f++) values[f] = values[f - 1] + lastStep;
  }
  return world;
}

/** Vectors made one long; what has no length stays 0. */
function unit({ x, y, z }: Series): Series {
  const count = x.length;
  const out = { x: new Float64Array(count), y: new Float64Array(count), z: new Float64Array(count) };
  for (let f = 0; f < count; f++) {
    const size = Math.sqrt(x[f] * x[f] + y[f] * y[f] + z[f] * z[f]) || 1;
    out.x[f] = x[f] / size;
    out.y[f] = y[f] / size;
    out.z[f] = z[f] / size;
  }
  return out;
}

/** Turns world vectors into the root's frame at the source's origin time and writes them. */
function turnInto(
  timeline: Timeline,
  { originTime, keep }: { readonly originTime: number; readonly keep: Keep },
  { x, y, z }: Series,
  offset: number,
  dimension: number,
  rows: Float32Array,
): void {
  const { frameCount, facing } = timeline;
  if (keep === 'height') {
    for (let f = 0, at = offset; f < frameCount; f++, at += dimension) rows[at] = y[f];
    return;
  }
  const { x: u, z: v } = unit(shifted(timeline, facing, originTime, 0, frameCount));
  const ahead = keep === 'all' ? 2 : 1;
  for (let f = 0, at = offset; f < frameCount; f++, at += dimension) {
    rows[at] = x[f] * v[f] - z[f] * u[f];
    rows[at + ahead] = x[f] * u[f] + z[f] * v[f];
  }
  if (keep === 'all') for (let f = 0, at = offset + 1; f < frameCount; f++, at += dimension) rows[at] = y[f];
}

/** Writes vectors that are in the root's frame already. */
function put({ x, y, z }: Series, keep: Keep, offset: number, dimension: number, rows: Float32Array): void {
  const kept = keep === 'height' ? [y] : keep === 'ground' ? [x, z] : [x, y, z];
  kept.forEach((values, k) => {
    for (let f = 0, at = offset + k; f < values.length; f++, at += dimension) rows[at] = values[f];
  });
}
