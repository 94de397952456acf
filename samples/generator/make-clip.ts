import { type Clip, keepSignsContinuous, makeRate } from 'gaitway/clip';
import { setQuat } from '#math/quat.js';
import { seededRandom } from '#math/random.js';
import { setVec3 } from '#math/vec3.js';
import { moveBody } from './body.js';
import { moveFoot } from './feet.js';
import type { Figure, Side } from './figure.js';
import { makeJump } from './jump.js';
import { type MotionSpans, motionSpans } from './motion-spans.js';
import { LEAD_SECONDS, makePath } from './path.js';
import { type Plan, poseAt } from './pose.js';
import { readRhythm } from './rhythm.js';
import type { Script } from './script.js';
import { GRID_HZ, makeSeries, type Series } from './series.js';
import { planSteps } from './steps.js';
import { personalStyle, STYLES } from './style.js';

/** Names of the two curves that are 1 while the ball of that foot stands still on the ground. */
export const CONTACT_CURVES: Readonly<Record<Side, string>> = { L: 'FootContact_L', R: 'FootContact_R' };

/** A clip's own stream of random numbers: neither the order of clips nor new ones change it. */
function seedOf(name: string, seed: number): number {
  let hash = seed >>> 0;
  for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) as number)) >>> 0;
  return hash;
}

/** Plans a script for a figure: path, footprints, feet, body. */
export function planClip(script: Script, figure: Figure, seed: number): Plan {
  const random = seededRandom(seedOf(`${figure.family}/${script.name}`, seed));
  const style = personalStyle(STYLES[script.style], random);
  const path = makePath(script, figure.legLength, random);
  const jump = script.jump && makeJump(script.jump, figure.legLength);
  const steps = planSteps(path, figure, style, jump);
  const count = path.x.length;
  const feet = { L: moveFoot(figure, 'L', steps, count), R: moveFoot(figure, 'R', steps, count) };
  const rhythm = readRhythm(figure, style, path, feet, steps.steps, random);
  const body = moveBody(figure, style, path, feet, rhythm, jump, random);
  return { figure, style, path, feet, rhythm, body };
}

/** One walking clip, with its contact curves; the same script, figure and seed give the same numbers. */
export const makeClip = (script: Script, figure: Figure, seed: number): Clip =>
  clipOfPlan(planClip(script, figure, seed), script);

/** A clip, and in which of its frames the figure stands, walks, runs, turns and jumps. */
export function makeMarkedClip(
  script: Script,
  figure: Figure,
  seed: number,
): { readonly clip: Clip; readonly spans: MotionSpans } {
  const plan = planClip(script, figure, seed);
  const clip = clipOfPlan(plan, script);
  return { clip, spans: motionSpans(plan, script, clip.frameCount) };
}

function clipOfPlan(plan: Plan, script: Script): Clip {
  const { figure } = plan;
  const stride = GRID_HZ / script.rateHz;
  const start = Math.round(LEAD_SECONDS * GRID_HZ);
  const frameCount = Math.round(script.seconds * script.rateHz) + 1;
  const jointCount = figure.skeleton.joints.length;
  const rotations = new Float64Array(4 * jointCount * frameCount);
  const translations = new Float64Array(3 * jointCount * frameCount);
  for (let f = 0; f < frameCount; f++) {
    const pose = poseAt(plan, start + f * stride);
    for (let j = 0; j < jointCount; j++) {
      setQuat(rotations, f * jointCount + j, pose.rotations[j]);
      setVec3(translations, f * jointCount + j, pose.translations[j]);
    }
  }
  keepSignsContinuous(rotations, jointCount);
  const atFrames = (series: Series): Float64Array =>
    makeSeries(frameCount, (_, f) => series[start + f * stride]);
  const rate = makeRate(script.rateHz);
  return {
    name: script.name,
    skeleton: figure.skeleton,
    rate,
    frameCount,
    rotations,
    translations,
    curves: [
      { name: CONTACT_CURVES.L, values: atFrames(plan.feet.L.contact) },
      { name: CONTACT_CURVES.R, values: atFrames(plan.feet.R.contact) },
    ],
    attributes: [],
    events: [],
    source: { file: '', format: 'none', take: script.name, unitMetres: 1, axes: 'Y up', rate, guesses: [] },
    warnings: [],
  };
}
