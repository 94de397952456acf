import { frameTime, type Rate } from '../../clip/index.js';
import { middleOf, ranked } from '../../math/middle.js';
import { size3 } from '../../math/size.js';

/** All sizes are of a body whose leg is 85 cm long; heights and speeds of others are scaled to it. */
export const STANDARD_LEG = 0.85;

/** When a foot counts as standing; leaving asks for more than arriving, so that noise does not flicker. */
const ENTER = { height: 0.05, speed: 0.2 };
const LEAVE = { height: 0.065, speed: 0.3 };
/** Shorter stands, and shorter gaps between two stands, are noise. */
const SHORTEST_SECONDS = 0.05;
/** Speed is taken over at least so long. */
const SPEED_SECONDS = 1 / 60;
/** When a foot stands on something that is at least so high: for so long, so slow in all directions, no higher than this above where it is around then. */
const RAISED = { least: 0.1, seconds: 0.15, speed: 0.15, height: 0.02, around: 0.1, legShare: 0.8 };
/** The floor under a foot is where it is in the lowest hundredth of the clip. */
const FLOOR_SHARE = 0.01;

/** Stretches of frames in which a foot stands, first and last frame included. */
export interface ContactSpan {
  readonly first: number;
  readonly last: number;
}

/** How one foot stands over a clip. */
export interface FootContacts {
  readonly spans: readonly ContactSpan[];
  /** [frames], 1 where the foot stands. */
  readonly standing: Uint8Array;
  /** [frames], 1 where it does so on its lowest floor and not on something higher. */
  readonly low: Uint8Array;
  /** Height of the foot's joint where it stands on its lowest floor, metres; its lowest where it never does. */
  readonly floor: number;
}

/**
 * Finds where a foot stands from the way of its ball (or ankle).
 *
 * `path` is [frames, 3] in metres, `leg` the body's leg length; frames before `from` are left out. Height
 * is measured from the foot's own floor; speed is horizontal, over one frame or over a sixtieth of a second where
 * frames are shorter, so that noise does not count.
 *
 * With the way of its `hip`, [frames, 3], a foot also stands above that floor, on stairs and rocks: where it rests
 * for a while, lower than just before and after, under a leg that is nearly straight.
 */
export function detectContacts(
  path: Float64Array,
  rate: Rate,
  leg: number,
  from = 0,
  hip?: Float64Array,
): FootContacts {
  const frameCount = path.length / 3;
  const scale = STANDARD_LEG / leg;
  const heights = new Float64Array(Math.max(0, frameCount - from));
  for (let i = 0; i < heights.length; i++) heights[i] = path[3 * (i + from) + 1];
  const lowest = ranked(heights, Math.floor(FLOOR_SHARE * (heights.length - 1))) ?? 0;
  const low = new Uint8Array(frameCount);
  let on: boolean = false;
  for (let f = from; f < frameCount; f++) {
    const limit: { height: number; speed: number } = on ? LEAVE : ENTER;
    const isLow = (path[3 * f + 1] - lowest) * scale < limit.height;
    on = isLow && speedAt(path, f, from, rate, 0) * scale < limit.speed;
    low[f] = on ? 1 : 0;
  }
  const shortest = Math.max(2, Math.round(SHORTEST_SECONDS / frameTime(rate)));
  const standing = Uint8Array.from(low);
  if (hip) addRaised(standing, path, hip, lowest, rate, leg, from);
  const spans = spansOf(standing, from, shortest);
  standing.fill(0);
  const floorHeights = new Float64Array(frameCount);
  let count = 0;
  for (const { first, last } of spans) {
    standing.fill(1, first, last + 1);
    for (let f = first; f <= last; f++) if (low[f]) floorHeights[count++] = path[3 * f + 1];
  }
  const floor = middleOf(floorHeights.subarray(0, count)) ?? lowest;
  return { spans, standing, low, floor };
}

/** Speed at a frame, metres a second: along the floor, and in height as far as `upright` counts it. */
function speedAt(path: Float64Array, frame: number, from: number, rate: Rate, upright: 0 | 1): number {
  const frames = Math.max(1, Math.round(SPEED_SECONDS / frameTime(rate)));
  const after = Math.min(path.length / 3 - 1, Math.max(frame + (frames >> 1), from + frames));
  const before = Math.max(from, after - frames);
  if (after === before) return 0;
  const [a, b] = [3 * before, 3 * after];
  const up = upright * (path[b + 1] - path[a + 1]);
  return size3(path[b] - path[a], up, path[b + 2] - path[a + 2]) / ((after - before) * frameTime(rate));
}

/** Marks where a foot stands above its lowest floor. */
function addRaised(
  standing: Uint8Array,
  path: Float64Array,
  hip: Float64Array,
  lowest: number,
  rate: Rate,
  leg: number,
  from: number,
): void {
  const frameCount = standing.length;
  const scale = STANDARD_LEG / leg;
  const around = Math.max(1, Math.round(RAISED.around / frameTime(rate)));
  const least = Math.max(2, Math.round(RAISED.seconds / frameTime(rate)));
  let began = -1;
  for (let f = from; f <= frameCount; f++) {
    const rests =
      f < frameCount &&
      (path[3 * f + 1] - lowest) * scale > RAISED.least &&
      speedAt(path, f, from, rate, 1) * scale < RAISED.speed &&
      hip[3 * f + 1] - path[3 * f + 1] > RAISED.legShare * leg &&
      (path[3 * f + 1] - lowestAround(path, f, around, from)) * scale < RAISED.height;
    if (rests && began < 0) began = f;
    if (rests || began < 0) continue;
    if (f - began >= least) standing.fill(1, began, f);
    began = -1;
  }
}

function lowestAround(path: Float64Array, frame: number, reach: number, from: number): number {
  const last = Math.min(path.length / 3 - 1, frame + reach);
  let low = Number.POSITIVE_INFINITY;
  for (let f = Math.max(from, frame - reach); f <= last; f++) low = Math.min(low, path[3 * f + 1]);
  return low;
}

/** Stretches of ones from `from` on, gaps shorter than `shortest` closed, then stretches shorter than it left out. */
export function spansOf(flags: Uint8Array, from = 0, shortest = 1): ContactSpan[] {
  const spans: { first: number; last: number }[] = [];
  for (let f = from; f < flags.length; f++) {
    if (!flags[f]) continue;
    const open = spans.at(-1);
    if (open && f - open.last <= shortest) open.last = f;
    else spans.push({ first: f, last: f });
  }
  return spans.filter(({ first, last }) => last - first + 1 >= Math.min(shortest, flags.length - from));
}
