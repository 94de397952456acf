import { clamp01, ease, mixNumber } from './series.js';

/** Hip to ankle, metres, of the body for which paces are written. */
export const REFERENCE_LEG = 0.85;

const GRAVITY = 9.81;

/** How a body with legs of some length steps at a speed; lengths in metres, times in seconds, angles in radians. */
export interface Gait {
  /** From one foot's lift-off to the other's. */
  readonly stepSeconds: number;
  /** From a foot's lift-off to where it stands flat again. */
  readonly swingSeconds: number;
  /** The last part of the swing: heel or ball is down and the foot rolls flat. */
  readonly rollSeconds: number;
  /** The heel rises so long before the foot lifts off. */
  readonly heelRiseSeconds: number;
  /** Heel up at push-off. */
  readonly pushAngle: number;
  /** Toes up at landing; below 0 the ball lands first. */
  readonly strikeAngle: number;
  /** The foot is put down where it will be under the hip after this part of its stance. */
  readonly underHipAt: number;
  /** How high the ball of the foot swings over its straight way. */
  readonly clearance: number;
  /** 0 walking, 1 running. */
  readonly run: number;
}

/** 0 for a walk, 1 for a run: people change over where speed² is about half of gravity · leg. */
export function runPart(speed: number, legLength: number): number {
  const dimensionless = speed / Math.sqrt(GRAVITY * legLength);
  return ease((dimensionless - 0.66) / 0.2);
}

/**
 * The gait at a speed forwards and to the left, metres per second; `stride` stretches steps at equal speed.
 *
 * Step length grows with the root of speed, which is what people do from a stroll to a run.
 *
 * @see R. McN. Alexander, "Optimization and gaits in the locomotion of vertebrates" (1989), for speed made
 *   dimensionless by leg length (the Froude number).
 */
export function gaitAt(forward: number, left: number, legLength: number, stride: number): Gait {
  const speed = Math.hypot(forward, left);
  const pace = speed / Math.sqrt(GRAVITY * legLength);
  const run = runPart(speed, legLength);
  const aside = speed > 1e-6 ? Math.abs(left) / speed : 0;
  const shorter = (forward < 0 ? 0.82 : 1) * (1 - 0.2 * aside);
  const stepLength = 1.18 * legLength * Math.sqrt(pace) * stride * shorter;
  const slowest = 0.46 * Math.sqrt(legLength / REFERENCE_LEG);
  const walking = speed > 1e-6 ? stepLength / speed : Number.POSITIVE_INFINITY;
  // Sideways, the following foot comes up to the leading one and does not pass it.
  const uncrossed = left !== 0 ? (0.27 * legLength) / Math.abs(left) : Number.POSITIVE_INFINITY;
  const stepSeconds = Math.min(walking, uncrossed, mixNumber(slowest, 0.78, clamp01(pace / 0.14)));
  const duty = mixNumber(mixNumber(0.66, 0.6, clamp01(pace / 0.5)), 0.36, run);
  const going = clamp01(forward / Math.sqrt(GRAVITY * legLength) / 0.42);
  const backing = clamp01(-forward / 0.6);
  const swingSeconds = 2 * stepSeconds * (1 - duty) + mixNumber(0.16, 0.1, run) * stepSeconds;
  return {
    stepSeconds,
    swingSeconds,
    rollSeconds: stepSeconds * mixNumber(0.17, 0.1, run),
    heelRiseSeconds: stepSeconds * mixNumber(0.6, 0.45, run) * mixNumber(0.6, 1, going),
    pushAngle: mixNumber(0.22 + 0.76 * going, 1.1, run),
    strikeAngle: mixNumber(0.03 + 0.3 * going, 0.12, run) - 0.2 * backing - 0.06 * aside,
    underHipAt: 0.5 - mixNumber(0.15, 0.1, run) * going + 0.12 * backing,
    clearance: legLength * (mixNumber(0.05, 0.045, going) + 0.16 * run),
    run,
  };
}
