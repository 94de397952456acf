import { seededRandom } from '../../math/random.js';
import type { Ask } from './read-message.js';

/** One frame that leaves, or the end of the connection. */
export interface Delivery {
  readonly bytes: Buffer;
  /** Ticks that go by before it may leave. */
  readonly ticks: number;
  /** The connection breaks after these bytes, which are then not a whole frame. */
  readonly breaks: boolean;
}

/** What goes wrong between the stand-in and who speaks to it. */
export interface Mischief {
  /** Whether the connection breaks before this request is acted on. */
  loses(ask: Ask): boolean;
  /** What leaves in the stead of an answer. */
  deliver(answer: Buffer): readonly Delivery[];
}

export const whole = (bytes: Buffer, ticks = 0): Delivery => ({ bytes, ticks, breaks: false });

/** Nothing goes wrong. */
export const NO_MISCHIEF: Mischief = { loses: () => false, deliver: (answer) => [whole(answer)] };

export interface Chaos {
  /** Share of requests, 0 to 1, at which the connection breaks: before the request is read, or in its answer. */
  readonly drop?: number;
  /** Answers leave up to so many milliseconds late, each by its own time, and so in another order. */
  readonly delayMs?: number;
  /** Seconds after which the editor closes and starts again. */
  readonly restartAfterS?: number;
  readonly seed?: number;
}

/** The mischief that `gaitway editor --drop --delay` asks for; the same seed goes wrong at the same places. */
export function seededMischief({ drop = 0, delayMs = 0, seed = 1 }: Chaos, periodMs: number): Mischief {
  const random = seededRandom(seed);
  const before = drop / 2;
  const within = before / (1 - before);
  return {
    loses: () => random.uniform() < before,
    deliver(answer) {
      const ticks = Math.floor((random.uniform() * delayMs) / periodMs);
      if (random.uniform() >= within) return [whole(answer, ticks)];
      return [{ bytes: answer.subarray(0, Math.floor(answer.length / 2)), ticks, breaks: true }];
    },
  };
}
