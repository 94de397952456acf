import type { Gait } from './gait.js';
import { REFERENCE_LEG } from './gait.js';
import { LEAD_SECONDS } from './path.js';
import type { Jump as JumpWish } from './script.js';
import { ease, makeSeries, type Series } from './series.js';

const GRAVITY = 9.81;

/** After landing, both feet stay down so long. */
export const JUMP_STANCE_SECONDS = 0.7;

const PUSH_SECONDS = 0.26;
const ABSORB_SECONDS = 0.22;
const RISE_SECONDS = 0.55;

/** A standing jump worked out for one body: metres and seconds. */
export interface Jump {
  readonly at: number;
  readonly flightSeconds: number;
  readonly crouchSeconds: number;
  /** Height of the pelvis over its standing height, over the path's clock. */
  readonly lift: (count: number) => Series;
  /** How far the arms swing forwards, radians. */
  readonly armSwing: (count: number) => Series;
  /** What differs from a walking step. */
  readonly gait: Pick<
    Gait,
    'pushAngle' | 'strikeAngle' | 'heelRiseSeconds' | 'rollSeconds' | 'clearance' | 'run'
  >;
}

/** The curve of degree 5 over `seconds` with the given place, speed and acceleration at both ends. */
function quintic(
  seconds: number,
  [p0, v0, a0]: readonly [number, number, number],
  [p1, v1, a1]: readonly [number, number, number],
): (time: number) => number {
  const [V0, V1] = [v0 * seconds, v1 * seconds];
  const [A0, A1] = [a0 * seconds * seconds, a1 * seconds * seconds];
  const d = p1 - p0;
  const c3 = 10 * d - 6 * V0 - 4 * V1 - 1.5 * A0 + 0.5 * A1;
  const c4 = -15 * d + 8 * V0 + 7 * V1 + 1.5 * A0 - A1;
  const c5 = 6 * d - 3 * V0 - 3 * V1 - 0.5 * A0 + 0.5 * A1;
  return (time) => {
    const t = time / seconds;
    return p0 + t * (V0 + t * (A0 / 2 + t * (c3 + t * (c4 + t * c5))));
  };
}

/** Crouch, push, free flight, landing and rising again for a body with legs of `legLength` metres. */
export function makeJump(wish: JumpWish, legLength: number): Jump {
  const apex = (wish.apex * legLength) / REFERENCE_LEG;
  const speed = Math.sqrt(2 * GRAVITY * apex);
  const crouchSeconds = 0.75;
  const depth = 0.24 * legLength;
  // The heels are up when the toes leave and when they come down.
  const onToes = 0.07 * legLength;
  const flightSeconds = (speed + Math.sqrt(speed * speed + GRAVITY * onToes)) / GRAVITY;
  const push = quintic(PUSH_SECONDS, [-depth, 0, 0], [onToes, speed, -GRAVITY]);
  const absorb = quintic(
    ABSORB_SECONDS,
    [0.5 * onToes, speed - GRAVITY * flightSeconds, -GRAVITY],
    [-0.8 * depth, 0, 0],
  );
  const lift = (time: number): number => {
    const t = time - LEAD_SECONDS - wish.at;
    if (t < -PUSH_SECONDS) return -depth * ease((t + crouchSeconds) / (crouchSeconds - PUSH_SECONDS - 0.04));
    if (t < 0) return push(t + PUSH_SECONDS);
    if (t < flightSeconds) return onToes + speed * t - (GRAVITY / 2) * t * t;
    const after = t - flightSeconds;
    if (after < ABSORB_SECONDS) return absorb(after);
    return -0.8 * depth * (1 - ease((after - ABSORB_SECONDS) / RISE_SECONDS));
  };
  // Back in the crouch, up with the push, down again in the fall.
  const armSwing = (time: number): number => {
    const t = time - LEAD_SECONDS - wish.at;
    const back = ease((t + crouchSeconds) / (crouchSeconds - PUSH_SECONDS));
    const up = ease((t + PUSH_SECONDS) / (PUSH_SECONDS + 0.12));
    const down = ease((t - 0.2) / flightSeconds);
    const rest = ease((t - flightSeconds) / (ABSORB_SECONDS + RISE_SECONDS));
    return -0.75 * back + 2.3 * up - 1.4 * down - 0.15 * rest;
  };
  return {
    at: wish.at,
    flightSeconds,
    crouchSeconds,
    lift: (count) => makeSeries(count, lift),
    armSwing: (count) => makeSeries(count, armSwing),
    gait: {
      pushAngle: 0.9,
      strikeAngle: -0.42,
      heelRiseSeconds: 0.2,
      rollSeconds: 0.1,
      clearance: apex + 0.05 * legLength,
      run: 0,
    },
  };
}
