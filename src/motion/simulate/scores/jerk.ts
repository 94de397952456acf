import { size3 } from '../../../math/size.js';

/**
 * Jerk of joints from their places, tick by tick: the mean over the joints of the third difference, metres per second
 * cubed; undefined until four ticks were seen.
 */
export function makeJerkMeter(
  joints: readonly number[],
  dt: number,
): { next(positions: Float64Array): number | undefined; restart(): void } {
  const perCube = 1 / (dt * dt * dt);
  const places = [0, 1, 2, 3].map(() => new Float64Array(3 * joints.length));
  let seen = 0;
  return {
    restart() {
      seen = 0;
    },
    next(positions) {
      const newest = places[seen % 4];
      joints.forEach((j, k) => {
        newest[3 * k] = positions[3 * j];
        newest[3 * k + 1] = positions[3 * j + 1];
        newest[3 * k + 2] = positions[3 * j + 2];
      });
      seen++;
      if (seen < 4) return undefined;
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => places[(seen + k) % 4]);
      let sum = 0;
      for (let k = 0; k < 3 * joints.length; k += 3) {
        sum += size3(
          d[k] - a[k] + 3 * (b[k] - c[k]),
          d[k + 1] - a[k + 1] + 3 * (b[k + 1] - c[k + 1]),
          d[k + 2] - a[k + 2] + 3 * (b[k + 2] - c[k + 2]),
        );
      }
      return (sum / joints.length) * perCube;
    },
  };
}
