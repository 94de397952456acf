import type { Clip } from '../../clip/index.js';
import { multiplyRows, rotateRowBack, rowOfRotationVector } from '../../math/quat-rows.js';
import { type Random, seededRandom } from '../../math/random.js';
import { type Encoder, makeQueryEncoder } from '../encoder/encoder.js';
import type { Engine } from '../encoder/engine/engine.js';
import { type InputPlan, inputBlocks, writeInput } from '../encoder/inputs.js';
import { sizeOfBlocks } from '../encoder/rows.js';
import type { Direction } from './direction.js';
import { type ImaginedBody, type ImagineStart, makeImaginedBody } from './imagined-body.js';
import { addInputGradient, makeTrackGradient, type TrackGradient } from './input-gradient.js';
import { type LatentGradients, makeLatentGradients } from './latent-gradients.js';
import { keepWithin, type PoseLimits } from './pose-limits.js';
import { clippedSteps, withFadingEnd } from './steps.js';
import { smoothOverTime } from './time-kernel.js';
import { torquesOf } from './torques.js';
import type { UsualInputs } from './usual-inputs.js';

export interface ImagineRequest {
  readonly engine: Engine;
  readonly encoder: Encoder;
  readonly start: ImagineStart;
  readonly direction: Direction;
  /** What real moments look like, which the imagined one is kept near. */
  readonly usual: UsualInputs;
  /** Of the joints of the start's roles, in their order. */
  readonly limits: PoseLimits;
  /** Metres and radians per second that the root may go and turn at most. */
  readonly fastest: { readonly speed: number; readonly turn: number };
  readonly steps?: number;
  readonly seed?: number;
  /** Called after each step; true stops. */
  readonly onStep?: (done: number, total: number) => boolean;
}

/** The stretch that was imagined, and its frame that lies along the direction. */
export interface Imagined {
  readonly clip: Clip;
  readonly frame: number;
}

/**
 * Longest steps, taken at first: radians of a joint, metres and radians of the body. They shrink to a tenth, and are halved
 * whenever one led too far from what is usual, to grow again by `BOLDER`.
 */
const STEP = { joint: 0.03, place: 0.03, yaw: 0.03 };
const BOLDER = 1.1;
const LEAST_BOLD = 0.05;
/** The moments that the encoder looks at are shifted by up to half a frame, its inputs by so much of their spread. */
const JITTER = { frames: 0.5, inputs: 0.05 };
/**
 * Beyond the edge of what is usual it is pulled back, as strongly as ahead at one and a half times the edge; at `limit` times
 * the edge it ends.
 */
const PULL = { steep: 2, most: 3, limit: 2 };
/** Changes spread over time: a bell, and after the present a slow end. */
const SPREAD_SECONDS = { joint: 0.12, path: 0.15, end: 0.25 };

/**
 * Changes the motion around a moment so that its latent goes as far along a direction as body and limits allow.
 *
 * Gradient ascent, along changes that are usual in real moments, on joint rotations up to the present and on the root's path: bones keep their lengths, joints their
 * limits, the root its speed, feet their floor, and the whole stays near what real moments look like. Every step looks at slightly shifted times and noisy inputs. What the
 * limbs do after the present no encoder sees: it is the clip's own, to which the change fades away.
 *
 * @see C. Olah et al., "Feature Visualization" (2017), on regularisation by transformations and limits.
 */
export async function imagine(request: ImagineRequest): Promise<Imagined> {
  const { engine, encoder, direction, usual, limits, fastest, steps = 240, seed = 1, onStep } = request;
  const body = makeImaginedBody(request.start);
  const random = seededRandom(seed);
  const gradients = await makeLatentGradients(engine, encoder.network, 1);
  const judge = makeJudge(request, body);
  try {
    let bold = 1;
    for (let step = 0; step < steps; step++) {
      body.place();
      bold = judge.look() ? Math.min(1, bold * BOLDER) : Math.max(LEAST_BOLD, bold / BOLDER ** 3);
      const found = await gradientOf(body, encoder, direction, usual, gradients, random);
      const share = bold * (1 - (0.9 * step) / steps);
      turnJoints(body, found, limits, STEP.joint * share);
      moveBody(body, found, share);
      keepSpeed(body, fastest);
      if (onStep?.(step + 1, steps)) break;
    }
  } finally {
    await gradients.dispose();
  }
  body.place();
  judge.look();
  judge.restore();
  return { clip: body.toClip(`imagined_${direction.name.replace(/[^\w-]+/g, '_')}`), frame: body.frame };
}

/** Remembers the motion that lay farthest along the direction; `look` tells whether what is there is not too unusual. */
function makeJudge(
  { encoder, direction, usual }: ImagineRequest,
  body: ImaginedBody,
): { look(): boolean; restore(): void } {
  const encode = makeQueryEncoder(encoder);
  const { plan, scaling, dim } = encoder;
  const [latent, row] = [new Float32Array(dim), new Float64Array(scaling.mean.length)];
  const parts = [body.rotations, body.moveX, body.moveZ, body.moveYaw];
  let best = parts.map((values) => values.slice());
  let [farthest, mostUnusual] = [Number.NEGATIVE_INFINITY, usual.edge * PULL.limit];
  return {
    look() {
      encode(body.track, body.frame, undefined, latent, 0);
      writeInput(body.track, body.frame, plan, row);
      for (let k = 0; k < row.length; k++) row[k] = (row[k] - scaling.mean[k]) * scaling.scale[k];
      const unusual = usual.distance(row);
      const far = latent.reduce((sum, value, k) => sum + direction.weights[k] * value, 0);
      // What it set out from may be unusual itself.
      if (farthest === Number.NEGATIVE_INFINITY) mostUnusual = Math.max(mostUnusual, unusual);
      if (unusual > mostUnusual) return false;
      if (far <= farthest) return true;
      farthest = far;
      best = parts.map((values) => values.slice());
      return true;
    },
    restore() {
      parts.forEach((values, n) => {
        values.set(best[n]);
      });
      body.place();
    },
  };
}

async function gradientOf(
  { track, frame }: ImaginedBody,
  { plan, scaling }: Encoder,
  { weights }: Direction,
  usual: UsualInputs,
  gradients: LatentGradients,
  random: Random,
): Promise<TrackGradient> {
  const shifted = shiftedPlan(plan, ((2 * random.uniform() - 1) * JITTER.frames) / plan.rateHz);
  const size = sizeOfBlocks(inputBlocks(plan));
  const row = new Float64Array(size);
  writeInput(track, frame, shifted, row);
  for (let k = 0; k < size; k++) row[k] = (row[k] - scaling.mean[k]) * scaling.scale[k];
  const x = Float32Array.from(row, (value) => value + JITTER.inputs * random.normal());
  const ahead = usual.usualChange(await gradients.of(x, Float32Array.from(weights)));
  const away = row.map((value, k) => value - usual.mean[k]);
  const beyond = usual.distance(row) / usual.edge - 1;
  const back = Math.min(Math.max(beyond * PULL.steep, 0), PULL.most);
  const [a, b] = [1 / (length(ahead) || 1), back / (length(away) || 1)];
  const wanted = away.map((outwards, k) => (a * ahead[k] - b * outwards) * scaling.scale[k]);
  const out = makeTrackGradient(track);
  addInputGradient(track, frame, shifted, wanted, out);
  return out;
}

function length(values: ArrayLike<number>): number {
  let square = 0;
  for (let k = 0; k < values.length; k++) square += values[k] ** 2;
  return Math.sqrt(square);
}

const shiftedPlan = (plan: InputPlan, seconds: number): InputPlan => ({
  ...plan,
  pathAhead: plan.pathAhead.map((time) => time + seconds),
  pathBehind: plan.pathBehind.map((time) => time - seconds),
  poseBehind: plan.poseBehind.map((time) => time - seconds),
});

/** Turns joints towards where their torques point; the pelvis, and what has no parent, goes with the body alone. */
function turnJoints(
  body: ImaginedBody,
  { positions }: TrackGradient,
  limits: PoseLimits,
  longest: number,
): void {
  const { track, joints, parents, world, rotations, frame } = body;
  const { frameCount, roles, rateHz } = track;
  const count = parents.length;
  const torques = withFadingEnd(
    torquesOf(body, positions),
    3 * roles.length,
    frame,
    SPREAD_SECONDS.joint * rateHz,
    SPREAD_SECONDS.end * rateHz,
  );
  const steps = clippedSteps(torques, 3, longest);
  const [turn, local] = [new Float64Array(4), new Float64Array(3)];
  for (let f = 0; f < frameCount; f++) {
    joints.forEach((j, r) => {
      const parent = parents[j];
      if (parent < 0 || roles[r] === 'pelvis') return;
      rotateRowBack(world.rotations, 4 * (f * count + parent), steps, 3 * (f * roles.length + r), local, 0);
      rowOfRotationVector(local, 0, turn, 0);
      const row = 4 * (f * count + j);
      multiplyRows(turn, 0, rotations, row, rotations, row);
      keepWithin(limits, r, rotations, row);
    });
  }
}

/** Moves and turns the whole body along the root's path, by the pulls on the root and on all joints. */
function moveBody({ track, moveX, moveZ, moveYaw }: ImaginedBody, found: TrackGradient, share: number): void {
  const { frameCount, positions, rootX, rootZ, roles, rateHz } = track;
  const place = new Float64Array(2 * frameCount);
  const yaw = new Float64Array(frameCount);
  for (let f = 0; f < frameCount; f++) {
    place[2 * f] = found.rootX[f];
    place[2 * f + 1] = found.rootZ[f];
    yaw[f] = found.rootYaw[f];
    for (let at = 3 * f * roles.length; at < 3 * (f + 1) * roles.length; at += 3) {
      const [gx, gz] = [found.positions[at], found.positions[at + 2]];
      place[2 * f] += gx;
      place[2 * f + 1] += gz;
      yaw[f] += gx * (positions[at + 2] - rootZ[f]) - gz * (positions[at] - rootX[f]);
    }
  }
  const spread = SPREAD_SECONDS.path * rateHz;
  const goes = clippedSteps(smoothOverTime(place, 2, spread), 2, STEP.place * share);
  const turns = clippedSteps(smoothOverTime(yaw, 1, spread), 1, STEP.yaw * share);
  for (let f = 0; f < frameCount; f++) {
    moveX[f] += goes[2 * f];
    moveZ[f] += goes[2 * f + 1];
    moveYaw[f] += turns[f];
  }
}

/** Takes from the moves what is faster than the root may be, from the present outwards, so that the path stays whole. */
function keepSpeed(body: ImaginedBody, { speed, turn }: ImagineRequest['fastest']): void {
  const { track, frame, moveX, moveZ, moveYaw } = body;
  body.place();
  const { rootX, rootZ, facingX, facingZ, frameCount, rateHz } = track;
  for (const sign of [1, -1]) {
    // What has been taken from all frames from here on.
    let [x, z, yaw] = [0, 0, 0];
    for (let f = frame + sign; f >= 0 && f < frameCount; f += sign) {
      const before = f - sign;
      const [dx, dz] = [rootX[f] - rootX[before], rootZ[f] - rootZ[before]];
      const tooFar = 1 - Math.min(1, speed / rateHz / (Math.hypot(dx, dz) || 1));
      x += dx * tooFar;
      z += dz * tooFar;
      const angle = Math.atan2(
        facingX[f] * facingZ[before] - facingZ[f] * facingX[before],
        facingX[f] * facingX[before] + facingZ[f] * facingZ[before],
      );
      yaw += angle * (1 - Math.min(1, turn / rateHz / (Math.abs(angle) || 1)));
      moveX[f] -= x;
      moveZ[f] -= z;
      moveYaw[f] -= yaw;
    }
  }
}
