import { legLength } from './leg-length.js';
import type { MotionTrack } from './motion-track.js';

/** What the root's path says of a frame, in the order of a database's tags. */
export const GAIT_TAGS = [
  'idle',
  'walk',
  'run',
  'start',
  'stop',
  'turn-left',
  'turn-right',
  'backward',
  'strafe-left',
  'strafe-right',
] as const;
export type GaitTag = (typeof GAIT_TAGS)[number];

/** A state begins above `enter` and ends below `leave`, so that it does not flicker between the two. */
interface Limits {
  readonly enter: number;
  readonly leave: number;
}

/** Leg lengths per second; a leg is measured from thigh to ankle. */
const MOVES: Limits = { enter: 0.35, leave: 0.2 };
const RUNS: Limits = { enter: 2.3, leave: 1.9 };
/** Degrees per second. */
const TURNS: Limits = { enter: 45, leave: 30 };
/** Degrees between where the root goes and where it faces: more than this is sideways, more than the other is back. */
const SIDEWAYS_DEG = 50;
const BACKWARD_DEG = 130;
/** States that last less long are taken for noise. */
const LEAST_SECONDS = 0.2;
/** A start reaches from just before the first step on, a stop to just after the last. */
const CHANGE_SECONDS = { still: 0.2, moving: 0.6 };

/**
 * Gait tags of every frame: bit k is set where `GAIT_TAGS[k]` holds. [frames]
 *
 * Every frame is one of idle, walk and run, by the root's speed in leg lengths per second; so a child's run is a run. The
 * others come on top: turns by the facing's speed, backward and strafes by the angle from facing to movement, starts
 * and stops around the moments where idling ends and begins. A looping track is judged around its seam.
 */
export function gaitTags(track: MotionTrack): Uint32Array {
  const { frameCount, rateHz, loop } = track;
  const { speed, turn, angle } = pathOf(track);
  const least = Math.round(LEAST_SECONDS * rateHz);
  const state = (values: Float64Array, limits: Limits): Uint8Array =>
    steadied(hysteresis(values, limits), least, loop !== undefined);
  const moves = state(speed, MOVES);
  const runs = state(speed, RUNS);
  const left = state(turn, TURNS);
  const right = state(
    turn.map((value) => -value),
    TURNS,
  );
  const { starts, stops } = changesOf(moves, rateHz);
  const tags = new Uint32Array(frameCount);
  const set = (f: number, tag: GaitTag): void => {
    tags[f] |= 1 << GAIT_TAGS.indexOf(tag);
  };
  for (let f = 0; f < frameCount; f++) {
    set(f, !moves[f] ? 'idle' : runs[f] ? 'run' : 'walk');
    if (starts[f]) set(f, 'start');
    if (stops[f]) set(f, 'stop');
    if (left[f]) set(f, 'turn-left');
    if (right[f]) set(f, 'turn-right');
    if (!moves[f]) continue;
    if (Math.abs(angle[f]) > BACKWARD_DEG) set(f, 'backward');
    else if (angle[f] > SIDEWAYS_DEG) set(f, 'strafe-left');
    else if (angle[f] < -SIDEWAYS_DEG) set(f, 'strafe-right');
  }
  return tags;
}

/**
 * Speed (leg lengths per second), turning speed and angle of movement to facing (degrees, left above 0): [frames].
 *
 * Central differences; one-sided at the ends, 0 in a one-frame clip.
 */
function pathOf(track: MotionTrack): { speed: Float64Array; turn: Float64Array; angle: Float64Array } {
  const { frameCount, rateHz, rootX, rootZ, facingX, facingZ } = track;
  const leg = legLength(track) || 1;
  const speed = new Float64Array(frameCount);
  const turn = new Float64Array(frameCount);
  const angle = new Float64Array(frameCount);
  const degrees = 180 / Math.PI;
  for (let f = 0; f < frameCount; f++) {
    const a = Math.max(f - 1, 0);
    const b = Math.min(f + 1, frameCount - 1);
    if (a === b) continue;
    const perSecond = rateHz / (b - a);
    const x = (rootX[b] - rootX[a]) * perSecond;
    const z = (rootZ[b] - rootZ[a]) * perSecond;
    const [u, v] = [facingX[f], facingZ[f]];
    speed[f] = Math.sqrt(x * x + z * z) / leg;
    angle[f] = Math.atan2(x * v - z * u, x * u + z * v) * degrees;
    const cross = facingX[b] * facingZ[a] - facingZ[b] * facingX[a];
    const dot = facingX[b] * facingX[a] + facingZ[b] * facingZ[a];
    turn[f] = Math.atan2(cross, dot) * perSecond * degrees;
  }
  return { speed, turn, angle };
}

function hysteresis(values: Float64Array, { enter, leave }: Limits): Uint8Array {
  const states = new Uint8Array(values.length);
  let holds = values.length > 0 && values[0] > (enter + leave) / 2;
  for (let f = 0; f < values.length; f++) {
    holds = values[f] > (holds ? leave : enter);
    states[f] = holds ? 1 : 0;
  }
  return states;
}

/** Runs of less than `least` frames are joined to what is around them; those at the ends of a loop are one run. */
function steadied(states: Uint8Array, least: number, loops: boolean): Uint8Array {
  const out = Uint8Array.from(states);
  const count = states.length;
  for (let start = 0; start < count; ) {
    let end = start;
    while (end < count && out[end] === out[start]) end++;
    const touchesEnd = start === 0 || end === count;
    const goesOn = loops && touchesEnd && out[0] === out[count - 1];
    // At an end that is cut off nobody knows how long the state lasts.
    if (end - start < least && !goesOn && (!touchesEnd || loops)) out.fill(1 - out[start], start, end);
    start = end;
  }
  return out;
}

function changesOf(moves: Uint8Array, rateHz: number): { starts: Uint8Array; stops: Uint8Array } {
  const count = moves.length;
  const starts = new Uint8Array(count);
  const stops = new Uint8Array(count);
  const still = Math.round(CHANGE_SECONDS.still * rateHz);
  const moving = Math.round(CHANGE_SECONDS.moving * rateHz);
  for (let f = 1; f < count; f++) {
    if (moves[f] === moves[f - 1]) continue;
    if (moves[f]) starts.fill(1, Math.max(f - still, 0), f + moving);
    else stops.fill(1, Math.max(f - moving, 0), f + still);
  }
  return { starts, stops };
}
