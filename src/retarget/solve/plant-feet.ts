import { frameTime, type Rate } from '../../clip/index.js';
import { type LimbTrack, makeLimbSolver } from '../../math/limb-ik.js';
import { size3 } from '../../math/size.js';
import type { ContactSpan, FootContacts } from '../contacts/contacts.js';
import { leashed } from '../contacts/leash.js';
import type { Heel } from './heels.js';
import { smoothBell, smoothStep } from './smooth.js';

/** A leg of the target with the source's foot to go by. */
export interface PlantedLeg {
  readonly leg: LimbTrack;
  /** [frames, 3] from ankle to ball, world, metres; zeros where there are no toes. */
  readonly sole: Float64Array;
  /** The source's ball, scaled to the target and set on its floor, [frames, 3]. */
  readonly wish: Float64Array;
  /** The way of the source's ankle, scaled to the target, [frames, 3]. */
  readonly ankle: Float64Array;
  readonly contacts: FootContacts;
  readonly heel: Heel | undefined;
  /** Height at which the ball stands on the target's floor, metres. */
  readonly standHeight: number;
}

/** Seconds over which a correction fades where no other contact follows. */
const FADE_SECONDS = 0.35;
/** A standing foot is held in one place until the source's foot has gone this far from it, in leg lengths. */
const LEASH = 0.03;
/** The pelvis follows the standing legs' need slowly, so that knees need not. */
const PELVIS_SECONDS = 0.12;
const KNEE_SECONDS = 0.025;
/** A correction's speed at the end of a stand is taken over so many frames. */
const SPEED_SECONDS = 0.05;
/** Over how long a foot that sets off or arrives loses that speed. */
const SLIDE_SECONDS = 0.2;

/**
 * Holds standing feet in place by inverse kinematics; the legs' tracks and `pelvisPath` are rewritten.
 *
 * A foot that stands keeps one place on the floor, chosen to move the leg least; a source that slides on
 * drags it along behind a short leash. Its height follows the source's. Between two stands the correction
 * passes smoothly from one to the next. What both legs need in height is given to the pelvis.
 *
 * @see K. Bergamin et al. and L. Kovar et al., "Footskate Cleanup for Motion Capture Editing" (2002), for
 *   constraints blended over neighbouring frames.
 */
export function plantFeet(
  legs: readonly PlantedLeg[],
  pelvisPath: Float64Array,
  rate: Rate,
  legLength: number,
): void {
  const frameCount = pelvisPath.length / 3;
  const perSecond = 1 / frameTime(rate);
  const corrections = legs.map((planted) => correctionOf(planted, legLength, perSecond));
  const lift = pelvisLift(legs, corrections, frameCount, PELVIS_SECONDS * perSecond);
  for (let f = 0; f < frameCount; f++) pelvisPath[3 * f + 1] += lift[f];
  legs.forEach((planted, i) => {
    const { leg, standHeight, wish } = planted;
    const correction = corrections[i] as Float64Array;
    const goal = new Float64Array(3 * frameCount);
    for (let f = 0; f < frameCount; f++) {
      for (let k = 0; k < 3; k++) goal[3 * f + k] = leg.tip[3 * f + k] + correction[3 * f + k];
      // A swinging foot stays as far above the floor as the source's is below it at most.
      const low = Math.min(standHeight, wish[3 * f + 1]) - (goal[3 * f + 1] + planted.sole[3 * f + 1]);
      if (low > 0) goal[3 * f + 1] += low;
      leg.base[3 * f + 1] += lift[f];
      leg.middle[3 * f + 1] += lift[f];
      leg.tip[3 * f + 1] += lift[f];
    }
    const solver = makeLimbSolver(leg);
    const change = new Float64Array(frameCount);
    for (let f = 0; f < frameCount; f++) {
      const reach = size3(
        goal[3 * f] - leg.base[3 * f],
        goal[3 * f + 1] - leg.base[3 * f + 1],
        goal[3 * f + 2] - leg.base[3 * f + 2],
      );
      change[f] = solver.bendChange(f, reach);
    }
    smoothBell(change, 1, KNEE_SECONDS * perSecond);
    for (let f = 0; f < frameCount; f++) solver.pose(f, change[f], goal);
  });
}

/** Where the ball has to go from where it is, [frames, 3]. */
function correctionOf(planted: PlantedLeg, legLength: number, perSecond: number): Float64Array {
  const { leg, sole, wish, contacts } = planted;
  const frameCount = sole.length / 3;
  const out = new Float64Array(3 * frameCount);
  const ball = (f: number, k: number): number => leg.tip[3 * f + k] + sole[3 * f + k];
  for (const span of contacts.spans) {
    const held = leashed(wish, span.first, span.last, LEASH * legLength);
    // The offset between the held way and the leg's own that moves the leg least.
    const offset = [0, 0];
    for (let f = span.first; f <= span.last; f++) {
      offset[0] += ball(f, 0) - held[2 * (f - span.first)];
      offset[1] += ball(f, 2) - held[2 * (f - span.first) + 1];
    }
    const count = span.last - span.first + 1;
    for (let f = span.first; f <= span.last; f++) {
      out[3 * f] = held[2 * (f - span.first)] + offset[0] / count - ball(f, 0);
      out[3 * f + 2] = held[2 * (f - span.first) + 1] + offset[1] / count - ball(f, 2);
      out[3 * f + 1] = wish[3 * f + 1] - ball(f, 1);
    }
  }
  fillBetween(out, contacts, frameCount, perSecond);
  return out;
}

/**
 * Passes corrections from each stand to the next; where none is near they fade.
 *
 * A correction leaves a stand at the speed that it had there, so that the foot sets off and arrives without a jerk.
 */
function fillBetween(out: Float64Array, contacts: FootContacts, frameCount: number, perSecond: number): void {
  const fade = FADE_SECONDS * perSecond;
  const most = Math.max(1, Math.round(SPEED_SECONDS * perSecond));
  const slide = SLIDE_SECONDS * perSecond;
  const { spans } = contacts;
  for (let i = 0; i <= spans.length; i++) {
    const before = spans[i - 1];
    const after = spans[i];
    const start = before === undefined ? 0 : before.last + 1;
    const end = after === undefined ? frameCount - 1 : after.first - 1;
    const reach = Math.min(end - start + 2, fade);
    const runOut = (stand: ContactSpan, from: number, step: 1 | -1): void => {
      const speedFrames = Math.min(most, stand.last - stand.first);
      const slideReach = Math.min(reach, slide);
      for (let f = start; f <= end; f++) {
        const away = Math.abs(f - from);
        const x = Math.min(1, away / reach);
        for (let k = 0; k < 3; k++) {
          const held = out[3 * from + k];
          const inner = out[3 * (from - step * speedFrames) + k];
          const speed = speedFrames > 0 ? (held - inner) / speedFrames : 0;
          out[3 * f + k] +=
            (1 - smoothStep(x)) * held + speed * away * (1 - Math.min(1, away / slideReach)) ** 2;
        }
      }
    };
    if (before) runOut(before, before.last, 1);
    if (after) runOut(after, after.first, -1);
  }
}

/** How far the pelvis goes up or down for the standing legs, [frames], smooth in time. */
function pelvisLift(
  legs: readonly PlantedLeg[],
  corrections: readonly Float64Array[],
  frameCount: number,
  sigma: number,
): Float64Array {
  const lift = new Float64Array(frameCount);
  for (let f = 0; f < frameCount; f++) {
    let sum = 0;
    let weight = 0;
    legs.forEach(({ contacts }, i) => {
      const w = contacts.standing[f] ? 1 : 0.02;
      sum += w * (corrections[i] as Float64Array)[3 * f + 1];
      weight += w;
    });
    lift[f] = weight > 0 ? sum / weight : 0;
  }
  smoothBell(lift, 1, sigma);
  return lift;
}
