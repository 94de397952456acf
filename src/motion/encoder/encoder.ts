import { GaitwayError } from '../../errors.js';
import type { MakeLayerKernels } from '../../kernels/layer-kernels.js';
import { legLength } from '../features/leg-length.js';
import type { MotionTrack } from '../features/motion-track.js';
import type { BendPath } from './bent-path.js';
import type { FamilyName } from './families/families.js';
import { type InputPlan, inputBlocks, insideFrames, writeInput } from './inputs.js';
import { type Network, networkRunner } from './network.js';
import { type Scaling, sizeOfBlocks } from './rows.js';
import { writeTarget } from './targets.js';

/** How the database is encoded where it may use what queries may not know: its own true future, straight. */
export interface FutureSide {
  /** Of the raw row `writeTarget` makes. */
  readonly scaling: Scaling;
  /** [target size, dim], row major. */
  readonly projection: Float32Array;
}

/**
 * Turns moments of motion into latents whose squared distance tells how differently motion goes on.
 *
 * Queries go through `network`, as does the database unless the encoder has a `future` side of its own.
 */
export interface Encoder {
  readonly kind: 'linear' | FamilyName;
  readonly dim: number;
  readonly plan: InputPlan;
  /** Shortest and longest leg of the bodies it was trained on, metres. */
  readonly legs: readonly [number, number];
  readonly scaling: Scaling;
  readonly network: Network;
  readonly future?: FutureSide;
}

/** `latents` [frames, dim], and `valid` [frames]: 1 where 0.4 s lie behind and 1 s ahead inside the clip. */
export interface Latents {
  readonly latents: Float32Array;
  readonly valid: Uint8Array;
}

/** Latents of a clip as a game asks for them: from what it knows at each moment. Frames not valid are finite too. */
export function queryLatents(encoder: Encoder, track: MotionTrack, bend?: BendPath): Latents {
  checkTrack(encoder, track);
  const encode = makeQueryEncoder(encoder);
  const latents = new Float32Array(track.frameCount * encoder.dim);
  for (let f = 0; f < track.frameCount; f++) encode(track, f, bend, latents, f * encoder.dim);
  return { latents, valid: validFrames(encoder, track) };
}

/**
 * Writes the latent of one frame as a game asks for it to `out[at …]`; tracks are of the encoder's body and rate.
 *
 * `pose` [joints, 3], seen from the root, stands for the clip's where it is given; NaN where the clip's is to be taken.
 */
export type QueryEncoder = (
  track: MotionTrack,
  frame: number,
  bend: BendPath | undefined,
  out: Float32Array,
  at: number,
  pose?: ArrayLike<number>,
) => void;

/** Prepares encoding query by query, without allocation. @param makeKernels See `networkRunner`. */
export function makeQueryEncoder(
  { plan, scaling, network, dim }: Pick<Encoder, 'plan' | 'scaling' | 'network' | 'dim'>,
  makeKernels?: MakeLayerKernels,
): QueryEncoder {
  const run = networkRunner(network, makeKernels);
  const row = new Float64Array(sizeOfBlocks(inputBlocks(plan)));
  const latent = new Float64Array(dim);
  return (track, frame, bend, out, at, pose) => {
    writeInput(track, frame, plan, row, bend);
    if (pose) for (let k = 0; k < pose.length; k++) if (!Number.isNaN(pose[k])) row[k] = pose[k];
    for (let k = 0; k < row.length; k++) row[k] = (row[k] - scaling.mean[k]) * scaling.scale[k];
    run(row, latent);
    out.set(latent, at);
  };
}

/** Latents of a clip of the database, which may use the clip's true future. Frames not valid are finite too. */
export function databaseLatents(encoder: Encoder, track: MotionTrack): Latents {
  if (!encoder.future) return queryLatents(encoder, track);
  checkTrack(encoder, track);
  const { dim } = encoder;
  const { scaling, projection } = encoder.future;
  const row = new Float64Array(scaling.mean.length);
  const out = new Float64Array(dim);
  const latents = new Float32Array(track.frameCount * dim);
  for (let f = 0; f < track.frameCount; f++) {
    writeTarget(track, f, row);
    out.fill(0);
    for (let j = 0; j < row.length; j++) {
      const value = (row[j] - scaling.mean[j]) * scaling.scale[j];
      if (value === 0) continue;
      for (let k = 0, at = j * dim; k < dim; k++, at++) out[k] += value * projection[at];
    }
    latents.set(out, f * dim);
  }
  return { latents, valid: validFrames(encoder, track) };
}

/** No search lands nearer to a clip's end than this, in seconds: there is hardly anything left to play. */
const NO_LANDING = 0.3;

/**
 * Latents of a clip as a database is searched in play: as `databaseLatents`, but where no true future goes into
 * them all frames but those of the last 0.3 s may be answered with, the path going on straight beyond the clip.
 */
export function playedLatents(encoder: Encoder, track: MotionTrack): Latents {
  const { latents, valid } = databaseLatents(encoder, track);
  if (encoder.future) return { latents, valid };
  const { plan } = encoder;
  const looksBack = plan.poseBehind.length + plan.pathBehind.length > 0;
  const first = looksBack ? insideFrames(track.frameCount, plan.rateHz).first : 0;
  const end = Math.max(0, track.frameCount - Math.ceil(NO_LANDING * plan.rateHz));
  return { latents, valid: new Uint8Array(track.frameCount).fill(1, Math.min(first, end), end) };
}

function validFrames({ plan }: Encoder, { frameCount }: MotionTrack): Uint8Array {
  const valid = new Uint8Array(frameCount);
  const { first, end } = insideFrames(frameCount, plan.rateHz);
  return valid.fill(1, Math.min(first, frameCount), Math.min(end, frameCount));
}

/** A body may be larger or smaller than those learned from by this share: another actor, not another figure. */
const SAME_BODY = 0.1;

/** The leg lengths of tracks, as an encoder keeps them. */
export function legRange(tracks: readonly MotionTrack[]): [number, number] {
  const legs = tracks.map((track) => legLength(track));
  return [Math.min(...legs), Math.max(...legs)];
}

/** An encoder knows one set of joints, on bodies of one size, at one rate. */
function checkTrack({ plan, legs }: Encoder, track: MotionTrack): void {
  if (plan.roles.join() !== track.roles.join()) {
    throw new GaitwayError(
      'encoder/other-skeleton',
      `${track.name} has the body parts ${track.roles.join(', ')}; the encoder was trained on ${plan.roles.join(', ')}. Retarget the clip to the skeleton it was trained on, or train an encoder on such clips.`,
      { clip: track.name, found: [...track.roles], wanted: [...plan.roles] },
    );
  }
  if (Math.abs(track.rateHz / plan.rateHz - 1) > 1e-6) {
    throw new GaitwayError(
      'encoder/other-rate',
      `${track.name} is sampled at ${track.rateHz} Hz; the encoder was trained at ${plan.rateHz} Hz. Resample the clip first.`,
      { clip: track.name, found: track.rateHz, wanted: plan.rateHz },
    );
  }
  const leg = legLength(track);
  if (!(leg >= legs[0] * (1 - SAME_BODY) && leg <= legs[1] * (1 + SAME_BODY))) {
    throw new GaitwayError(
      'encoder/other-body',
      `${track.name} has legs of ${leg.toFixed(2)} m; the encoder was trained on legs of ${[...new Set(legs.map((l) => l.toFixed(2)))].join(' to ')} m. Retarget the clip to the body it was trained on first.`,
      { clip: track.name, found: leg, wanted: [...legs] },
    );
  }
}
