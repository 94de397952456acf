import type { MotionDatabase } from '../database/database.js';
import type { FeatureBlock } from '../features/feature-block.js';
import { layoutOf } from '../features/layout.js';

/** A wish to set off from standing: metres per second, and the angle from facing ahead, radians, left above 0. */
export interface Wish {
  readonly name: string;
  readonly speed: number;
  readonly angle: number;
}

/** Rate of a critically damped spring whose halflife is 0.27 s, as the usual controllers have it. */
const RATE = (2 * Math.LN2) / 0.27;

/** Share of the wished speed, and of the wished turn, that is reached after a time. */
const reached = (seconds: number): number =>
  seconds <= 0 ? 0 : 1 - (1 + RATE * seconds) * Math.exp(-RATE * seconds);

/** Metres gone after a time for each metre a second that is wished. */
export const gone = (seconds: number): number =>
  seconds <= 0 ? 0 : seconds - 2 / RATE + (seconds + 2 / RATE) * Math.exp(-RATE * seconds);

/**
 * Writes the path of a wish into a query: the numbers that a query takes from the character and that are read
 * off the root's path, from standing still to going where the stick points and facing there.
 *
 * Gives nothing where the rows hold no path: latents, or a schema without a trajectory ahead.
 *
 * @see D. Holden, "Spring-It-On" (2021), for the springs of a character's wish.
 */
export function wishWriter(
  database: MotionDatabase,
): ((query: Float32Array, wish: Wish) => void) | undefined {
  const { content, mean, factor } = database;
  if (content.kind !== 'features') return undefined;
  const blocks = layoutOf(content.schema).blocks.filter(isPath);
  if (!blocks.some(({ time = 0 }) => time > 0)) return undefined;
  return (query, wish) => {
    for (const block of blocks) {
      const [left, ahead] = numbersOf(block, wish);
      const { offset, size } = block;
      const numbers = size === 3 ? [left, 0, ahead] : [left, ahead];
      numbers.forEach((value, k) => {
        query[offset + k] = (value - mean[offset + k]) * factor[offset + k];
      });
    }
  };
}

/** A block that is read off the root's path, seen from the root now, with both directions of the ground. */
function isPath({ source, query, size }: FeatureBlock): boolean {
  return (
    query === 'character' &&
    source.quantity !== 'phase' &&
    source.joint === undefined &&
    source.originTime === 0 &&
    !('origin' in source && source.origin !== undefined) &&
    size > 1
  );
}

function numbersOf(
  { source, time = 0 }: FeatureBlock,
  { speed, angle }: Wish,
): [left: number, ahead: number] {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  if (source.quantity === 'position') return [speed * gone(time) * sin, speed * gone(time) * cos];
  if (source.quantity === 'velocity') {
    const size = source.normalise ? (reached(time) > 0.01 ? 1 : 0) : speed * reached(time);
    return [size * sin, size * cos];
  }
  const turned = angle * reached(time);
  return [Math.sin(turned), Math.cos(turned)];
}
