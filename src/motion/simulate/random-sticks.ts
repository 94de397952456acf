import { seededRandom } from '../../math/random.js';
import { parseStickScript, type StickScript } from './stick-script.js';

export interface RandomSticks {
  readonly seed: number;
  /** At least this long. */
  readonly seconds: number;
  /** The player also lets the stick go now and then. */
  readonly stands: boolean;
}

/** Seconds from one move of the stick to the next. */
const HOLD = { least: 0.5, most: 3 } as const;
const STAND_SHARE = 0.15;
const RUN_SHARE = 0.5;

/**
 * Sticks of a player who wanders: every 0.5 to 3 s a new direction, any as likely as another, walking or running with
 * equal chance, the stick pushed all the way; where the figure can stand, let go for 15 % of the holds.
 *
 * Equal seeds give equal sticks.
 */
export function randomSticks({ seed, seconds, stands }: RandomSticks): StickScript {
  const random = seededRandom(seed);
  const segments = [];
  for (let total = 0; total < seconds; ) {
    const hold = HOLD.least + (HOLD.most - HOLD.least) * random.uniform();
    const angle = 2 * Math.PI * random.uniform();
    const gait = random.uniform() < RUN_SHARE ? 'run' : 'walk';
    const letsGo = random.uniform() < STAND_SHARE && stands;
    segments.push({ seconds: hold, gait, ...(letsGo ? {} : { x: Math.sin(angle), y: Math.cos(angle) }) });
    total += hold;
  }
  return parseStickScript({ name: `random (seed ${seed})`, segments });
}
