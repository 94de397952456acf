import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../../errors.js';

const push = z.number().min(-1).max(1);
/** Longest stretch of one segment, seconds. */
const MOST_SECONDS = 3600;

const StickSegment = z.strictObject({
  seconds: z.number().positive().max(MOST_SECONDS),
  /** Left stick: x to the right, y ahead (+Z of the world); its length, at most 1, is the share of the gait's speed. */
  x: push.default(0),
  y: push.default(0),
  /** Degrees per second by which the stick turns in the segment; to the left above 0. */
  turn: z.number().min(-1080).max(1080).default(0),
  /** Speed of a stick that is pushed all the way: that of a gait, or metres per second. */
  gait: z.union([z.enum(['walk', 'run']), z.number().min(0).max(20)]).default('walk'),
  /** Where the figure shall face: `along` its way, or a direction of the right stick. */
  facing: z.union([z.literal('along'), z.strictObject({ x: push, y: push })]).default('along'),
});
export type StickSegment = z.infer<typeof StickSegment>;

/** What a player does with the sticks: segments one after another, from the first again after the last. */
export const StickScript = z.strictObject({
  name: z.string().min(1).max(200),
  segments: z.array(StickSegment).min(1).max(100_000),
});
export type StickScript = z.infer<typeof StickScript>;

/**
 * Checks a stick script that comes from outside, and fills in what it leaves out.
 *
 * @throws GaitwayError `simulate/bad-sticks` with the path and reason of every fault.
 */
export function parseStickScript(value: unknown, from = 'The stick script'): StickScript {
  const parsed = StickScript.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GaitwayError(
    'simulate/bad-sticks',
    `${from} is not valid:\n${faultsInWords(parsed.error.issues)}`,
    {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  );
}

/** What is wished for at a moment: a velocity in the world (metres per second) and a heading (radians from +Z to +X). */
export interface Wish {
  velocityX: number;
  velocityZ: number;
  yaw: number;
}

/** Metres per second of a stick that is pushed all the way. */
export interface GaitSpeeds {
  readonly walk: number;
  readonly run: number;
}

/**
 * Reads a script as wishes. `wishAt` is asked with times that never go back; it writes to `out`, whose `yaw` is
 * kept where nothing says where to face (a stick that was let go).
 */
export function makeSticks(
  { segments }: StickScript,
  speeds: GaitSpeeds,
): (seconds: number, out: Wish) => void {
  let index = 0;
  let start = 0;
  return (seconds, out) => {
    while (seconds - start >= segments[index].seconds - 1e-9) {
      start += segments[index].seconds;
      index = (index + 1) % segments.length;
    }
    const { x, y, turn, gait, facing } = segments[index];
    const speed = typeof gait === 'number' ? gait : speeds[gait];
    const pushed = Math.min(Math.hypot(x, y), 1);
    if (pushed > 0) {
      const yaw = Math.atan2(-x, y) + (turn * Math.PI * (seconds - start)) / 180;
      out.velocityX = pushed * speed * Math.sin(yaw);
      out.velocityZ = pushed * speed * Math.cos(yaw);
      if (facing === 'along') out.yaw = yaw;
    } else {
      out.velocityX = 0;
      out.velocityZ = 0;
    }
    if (facing !== 'along' && (facing.x !== 0 || facing.y !== 0)) out.yaw = Math.atan2(-facing.x, facing.y);
  };
}
