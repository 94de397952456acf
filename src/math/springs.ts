/**
 * Decay rate of a critically damped spring, 1/s, that is as quick as `halflife` (seconds) says.
 *
 * From rest, half of the way is done after 1.21 halflives; a halflife of 0 or less is taken as 10 µs.
 *
 * @see D. Holden, "Spring-It-On: The Game Developer's Spring-Roll-Call" (2021), for the halflife of springs.
 */
export const springRate = (halflife: number): number => (2 * Math.LN2) / Math.max(halflife, 1e-5);

/** Share of a gap that is closed in `seconds` where half of it is closed in `halflife`. */
export const closedShare = (halflife: number, seconds: number): number =>
  1 - Math.exp((-Math.LN2 * seconds) / Math.max(halflife, 1e-5));

/**
 * One step of a critically damped spring about 0, as the matrix of its exact solution:
 * `x′ = xx·x + xv·v`, `v′ = vx·x + vv·v`.
 */
export interface SpringStep {
  readonly xx: number;
  readonly xv: number;
  readonly vx: number;
  readonly vv: number;
}

/** The step over `seconds` of the spring with that `halflife`. */
export function springStep(halflife: number, seconds: number): SpringStep {
  const y = springRate(halflife);
  const e = Math.exp(-y * seconds);
  return { xx: e * (1 + y * seconds), xv: e * seconds, vx: -e * y * y * seconds, vv: e * (1 - y * seconds) };
}

/**
 * Steps `count` springs about 0 at once; `x` and `v` are their offsets and velocities, in place.
 *
 * Offsets that inertialisation has to lose are such springs.
 */
export function stepSprings(
  { xx, xv, vx, vv }: SpringStep,
  x: Float64Array,
  v: Float64Array,
  count = x.length,
): void {
  for (let k = 0; k < count; k++) {
    const offset = x[k];
    x[k] = xx * offset + xv * v[k];
    v[k] = vx * offset + vv * v[k];
  }
}

/**
 * Moves a point whose velocity is drawn to `goal` by a critically damped spring, exactly.
 *
 * `state` holds place, velocity and acceleration from `at` on and is moved on by `seconds`.
 */
export function moveToVelocity(
  state: Float64Array,
  at: number,
  goal: number,
  rate: number,
  seconds: number,
): void {
  const gap = state[at + 1] - goal;
  const slope = state[at + 2] + gap * rate;
  const e = Math.exp(-rate * seconds);
  const [perRate, perSquare] = [1 / rate, 1 / (rate * rate)];
  state[at] +=
    goal * seconds +
    slope * perSquare +
    gap * perRate -
    e * (slope * perSquare + (gap + slope * seconds) * perRate);
  state[at + 1] = goal + e * (gap + slope * seconds);
  state[at + 2] = e * (state[at + 2] - slope * rate * seconds);
}

/** The angle between −π and π that differs from `angle` by whole turns. */
export function wrapAngle(angle: number): number {
  const wrapped = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return wrapped < -Math.PI ? wrapped + 2 * Math.PI : wrapped;
}
