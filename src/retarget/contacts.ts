import { frameTime, type Rate } from '../clip/index.js';

/** All sizes are of a body whose leg is 85 cm long; heights and speeds of others are scaled to it. */
export const STANDARD_LEG = 0.85;

/** When a foot counts as standing; leaving asks for more than arriving, so that noise does not flicker. */
const ENTER = { height: 0.05, speed: 0.2 };
const LEAVE = { height: 0.065, speed: 0.3 };
/** Shorter stands, and shorter gaps between two stands, are noise. */
const SHORTEST_SECONDS = 0.05;
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
  /** Height of the foot's joint where it stands, metres; its lowest where it never does. */
  readonly floor: number;
}

/**
 * Finds where a foot stands from the way of its ball (or ankle).
 *
 * `path` is [frames, 3] in metres, `leg` the body's leg length; frames before `from` are left out. Height
 * is measured from the foot's own floor, speed is horizontal over one frame.
 */
export function detectContacts(path: Float64Array, rate: Rate, leg: number, from = 0): FootContacts {
  const frameCount = path.length / 3;
  const scale = STANDARD_LEG / leg;
  const standing = new Uint8Array(frameCount);
  const heights = Float64Array.from({ length: frameCount - from }, (_, i) => path[3 * (i + from) + 1]).sort();
  const lowest = heights.length > 0 ? heights[Math.floor(FLOOR_SHARE * (heights.length - 1))] : 0;
  const perSecond = scale / frameTime(rate);
  let on: boolean = false;
  for (let f = from; f < frameCount; f++) {
    const before = Math.max(from, f - 1);
    const after = f === from && f + 1 < frameCount ? f + 1 : f;
    const speed =
      Math.hypot(path[3 * after] - path[3 * before], path[3 * after + 2] - path[3 * before + 2]) * perSecond;
    const limit: { height: number; speed: number } = on ? LEAVE : ENTER;
    on = (path[3 * f + 1] - lowest) * scale < limit.height && speed < limit.speed;
    standing[f] = on ? 1 : 0;
  }
  const shortest = Math.max(2, Math.round(SHORTEST_SECONDS / frameTime(rate)));
  const spans = spansOf(standing, from, shortest);
  standing.fill(0);
  const floorHeights: number[] = [];
  for (const { first, last } of spans) {
    standing.fill(1, first, last + 1);
    for (let f = first; f <= last; f++) floorHeights.push(path[3 * f + 1]);
  }
  floorHeights.sort((a, b) => a - b);
  const floor = floorHeights.length > 0 ? (floorHeights[floorHeights.length >> 1] as number) : lowest;
  return { spans, standing, floor };
}

/** Stretches of ones, gaps shorter than `shortest` closed, then stretches shorter than it left out. */
function spansOf(flags: Uint8Array, from: number, shortest: number): ContactSpan[] {
  const spans: { first: number; last: number }[] = [];
  for (let f = from; f < flags.length; f++) {
    if (!flags[f]) continue;
    const open = spans.at(-1);
    if (open && f - open.last <= shortest) open.last = f;
    else spans.push({ first: f, last: f });
  }
  return spans.filter(({ first, last }) => last - first + 1 >= Math.min(shortest, flags.length - from));
}
