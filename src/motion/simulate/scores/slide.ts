import { size2 } from '../../../math/size.js';

/** How feet slide while they stand. */
export interface SlideScore {
  /** Mean horizontal speed of the ball of the foot, cm/s. */
  readonly speedCm: number;
  /** The same more than 0.4 s after a jump; NaN where playing never went on for so long. */
  readonly settledCm: number;
  /** Share of the ticks of standing feet above 15 cm/s. */
  readonly fastShare: number;
  /** Mean of v·(2 − 2^(h/H)) while the ball of the foot is below H = 4.5 cm, cm per tick. */
  readonly skateCm: number;
}

const SETTLED_SECONDS = 0.4;
const FAST = 0.15;
/** Metres. @see H. Zhang et al., "Mode-Adaptive Neural Networks for Quadruped Motion Control" (2018), §8. */
const SKATE_HEIGHT = 0.045;

/** Adds up slide from the places of the balls of the feet, tick by tick. @param dt Seconds of a tick. */
export function makeSlideScorer(
  toes: readonly [number, number],
  dt: number,
): {
  add(positions: Float64Array, contacts: Uint8Array, secondsSinceJump: number): void;
  restart(): void;
  score(): SlideScore;
} {
  const before = new Float64Array(4);
  let isFirst = true;
  let [standing, sum, settled, settledSum, fast, low, skate] = [0, 0, 0, 0, 0, 0, 0];
  return {
    restart() {
      isFirst = true;
    },
    add(positions, contacts, secondsSinceJump) {
      for (const side of [0, 1]) {
        const at = 3 * toes[side];
        const x = positions[at] - before[2 * side];
        const z = positions[at + 2] - before[2 * side + 1];
        before[2 * side] = positions[at];
        before[2 * side + 1] = positions[at + 2];
        if (isFirst) continue;
        const way = size2(x, z);
        const height = Math.max(positions[at + 1], 0);
        if (height < SKATE_HEIGHT) {
          low++;
          skate += way * (2 - 2 ** (height / SKATE_HEIGHT));
        }
        if (!contacts[side]) continue;
        standing++;
        sum += way;
        if (way / dt > FAST) fast++;
        if (secondsSinceJump <= SETTLED_SECONDS) continue;
        settled++;
        settledSum += way;
      }
      isFirst = false;
    },
    score: () => ({
      speedCm: standing > 0 ? (100 * sum) / (standing * dt) : 0,
      settledCm: (100 * settledSum) / (settled * dt),
      fastShare: standing > 0 ? fast / standing : 0,
      skateCm: low > 0 ? (100 * skate) / low : 0,
    }),
  };
}
