import type { BlockSource, FeatureBlock, Keep } from './feature-block.js';
import { phaseOf } from './phase.js';
import { isWhole, type Series, type Timeline, valuesFrom } from './timeline.js';

type Of<Quantity> = Extract<BlockSource, { quantity: Quantity }>;

/** Rows [frames, dimension] that a block's numbers go into, from `offset` on in every row. */
interface Place {
  readonly rows: Float32Array;
  readonly dimension: number;
  readonly offset: number;
}

/** Slower than this, in metres per second, a direction fades away instead of following noise. */
const NO_DIRECTION = 0.01;

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
  const place = { rows, dimension, offset };
  const { root, joint, axis, frameCount } = timeline;
  switch (source.quantity) {
    case 'position': {
      const subject = source.joint === undefined ? root : joint(source.joint);
      const origin = source.origin === undefined ? root : joint(source.origin);
      const to = shifted(timeline, subject, source.time, 0, frameCount);
      const from = shifted(timeline, origin, source.originTime, 0, frameCount);
      putTurned(to, from, 1, facingAt(timeline, source.originTime, 0, frameCount), source.keep, place);
      return;
    }
    case 'heading': {
      const series =
        source.joint === undefined
          ? facingAt(timeline, source.time, 0, frameCount)
          : unit(shifted(timeline, axis(source.joint, source.axis), source.time, 0, frameCount));
      putTurned(
        series,
        undefined,
        1,
        facingAt(timeline, source.originTime, 0, frameCount),
        source.keep,
        place,
      );
      return;
    }
    case 'velocity':
      putVelocity(timeline, source, velocityOver, place);
      return;
    case 'phase': {
      const phase = phaseOf(timeline, source.joint);
      for (let f = 0, at = offset; f < frameCount; f++, at += dimension) {
        rows[at] = phase[2 * f];
        rows[at + 1] = phase[2 * f + 1];
      }
    }
  }
}

/** Where the root faces, `time` seconds from `count` frames on from `first`; on whole frames that is unit already. */
function facingAt(timeline: Timeline, time: number, first: number, count: number): Series {
  const series = shifted(timeline, timeline.facing, time, first, count);
  return isWhole(time * timeline.track.rateHz) ? series : unit(series);
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

/** Metres per second, by the difference of two places of one path. */
function putVelocity(
  timeline: Timeline,
  source: Of<'velocity'>,
  over: number | undefined,
  place: Place,
): void {
  const { frameCount, track } = timeline;
  const back = over === undefined ? 1 : over * track.rateHz;
  const ahead = over === undefined ? 1 : 0;
  const before = Math.ceil(back - 1e-9);
  const isWorld = source.space === 'world';
  const path = (isWorld ? worldPath : ownPath)(timeline, source, -before, frameCount + before + ahead);
  const at = (shift: number): Series => ({
    x: valuesFrom(path.x, shift, frameCount),
    y: valuesFrom(path.y, shift, frameCount),
    z: valuesFrom(path.z, shift, frameCount),
  });
  const perSecond = track.rateHz / (back + ahead);
  const [to, from] = [at(before + ahead), at(before - back)];
  const seen = isWorld ? facingAt(timeline, source.originTime, 0, frameCount) : undefined;
  if (source.normalise) {
    putTurned(direction(to, from, perSecond), undefined, 1, seen, source.keep, place);
  } else putTurned(to, from, perSecond, seen, source.keep, place);
}

/** World places of the subject from frame `first` on; the origin does not matter to a bystander. */
function worldPath(timeline: Timeline, source: Of<'velocity'>, first: number, count: number): Series {
  const subject = source.joint === undefined ? timeline.root : timeline.running(source.joint);
  return shifted(timeline, subject, source.time, first, count);
}

/** Places of the subject in the root's frame from frame `first` on, going on by their own last step at the ends. */
function ownPath(timeline: Timeline, source: Of<'velocity'>, first: number, count: number): Series {
  const { root, joint, frameCount, track } = timeline;
  const subject = shifted(
    timeline,
    source.joint === undefined ? root : joint(source.joint),
    source.time,
    first,
    count,
  );
  const origin = shifted(
    timeline,
    source.origin === undefined ? root : joint(source.origin),
    source.originTime,
    first,
    count,
  );
  const { x: u, z: v } = facingAt(timeline, source.originTime, first, count);
  const own = emptySeries(count);
  for (let f = 0; f < count; f++) {
    const x = subject.x[f] - origin.x[f];
    const z = subject.z[f] - origin.z[f];
    own.x[f] = x * v[f] - z * u[f];
    own.y[f] = subject.y[f] - origin.y[f];
    own.z[f] = x * u[f] + z * v[f];
  }
  if (track.loop) return own;
  const { rateHz } = track;
  const low = Math.max(0, Math.ceil(-Math.min(source.time, source.originTime) * rateHz - 1e-9));
  const high =
    frameCount - 1 - Math.max(0, Math.ceil(Math.max(source.time, source.originTime) * rateHz - 1e-9));
  const begin = Math.min(low, frameCount - 1) - first;
  const end = Math.max(high - first, begin);
  for (const values of [own.x, own.y, own.z]) {
    const firstStep = end > begin ? values[begin + 1] - values[begin] : 0;
    const lastStep = end > begin ? values[end] - values[end - 1] : 0;
    for (let f = begin - 1; f >= 0; f--) values[f] = values[f + 1] - firstStep;
    for (let f = end + 1; f < count; f++) values[f] = values[f - 1] + lastStep;
  }
  return own;
}

const emptySeries = (count: number): Series => ({
  x: new Float64Array(count),
  y: new Float64Array(count),
  z: new Float64Array(count),
});

/** Vectors made one long. */
function unit({ x, y, z }: Series): Series {
  const out = emptySeries(x.length);
  for (let f = 0; f < x.length; f++) {
    const size = Math.sqrt(x[f] * x[f] + y[f] * y[f] + z[f] * z[f]) || 1;
    out.x[f] = x[f] / size;
    out.y[f] = y[f] / size;
    out.z[f] = z[f] / size;
  }
  return out;
}

/** Directions of velocities, one long but where they fade away. */
function direction(to: Series, from: Series, perSecond: number): Series {
  const out = emptySeries(to.x.length);
  for (let f = 0; f < to.x.length; f++) {
    const x = (to.x[f] - from.x[f]) * perSecond;
    const y = (to.y[f] - from.y[f]) * perSecond;
    const z = (to.z[f] - from.z[f]) * perSecond;
    const size = Math.max(Math.sqrt(x * x + y * y + z * z), NO_DIRECTION);
    out.x[f] = x / size;
    out.y[f] = y / size;
    out.z[f] = z / size;
  }
  return out;
}

/**
 * Writes (to − from) · scale of every frame, turned into the frame that faces `seen`, or as it is where that is not
 * given, and of it what `keep` leaves.
 */
function putTurned(
  to: Series,
  from: Series | undefined,
  scale: number,
  seen: Series | undefined,
  keep: Keep,
  { rows, dimension, offset }: Place,
): void {
  const count = to.x.length;
  if (keep !== 'ground') {
    const y = from?.y;
    for (let f = 0, at = offset + (keep === 'all' ? 1 : 0); f < count; f++, at += dimension)
      rows[at] = (y ? to.y[f] - y[f] : to.y[f]) * scale;
  }
  if (keep === 'height') return;
  const ahead = keep === 'all' ? 2 : 1;
  for (let f = 0, at = offset; f < count; f++, at += dimension) {
    const x = (from ? to.x[f] - from.x[f] : to.x[f]) * scale;
    const z = (from ? to.z[f] - from.z[f] : to.z[f]) * scale;
    rows[at] = seen ? x * seen.z[f] - z * seen.x[f] : x;
    rows[at + ahead] = seen ? x * seen.x[f] + z * seen.z[f] : z;
  }
}
