import { GaitwayError } from '../../errors.js';
import type { MotionTrack } from '../features/motion-track.js';
import { type BendPath, bendByDraws } from './bent-path.js';
import { type InputPlan, inputBlocks, insideFrames, writeInput } from './inputs.js';
import { predictPath } from './predicted-path.js';
import { type Rows, sizeOfBlocks } from './rows.js';
import { targetBlocks, writeTarget } from './targets.js';

/** The moments of clips that have their past and their future inside the clip. */
export interface Samples {
  readonly tracks: readonly MotionTrack[];
  /** [count]: which track, and which frame of it. */
  readonly trackOf: Int32Array;
  readonly frameOf: Int32Array;
  readonly count: number;
}

export function samplesOf(tracks: readonly MotionTrack[]): Samples {
  const trackOf: number[] = [];
  const frameOf: number[] = [];
  tracks.forEach(({ frameCount, rateHz }, t) => {
    const { first, end } = insideFrames(frameCount, rateHz);
    for (let f = first; f < end; f++) {
      trackOf.push(t);
      frameOf.push(f);
    }
  });
  return {
    tracks,
    trackOf: Int32Array.from(trackOf),
    frameOf: Int32Array.from(frameOf),
    count: frameOf.length,
  };
}

/** How queries at the samples hear of the path ahead: as it is where nothing is said. */
export interface PathTold {
  /** [samples, 3]: bends their paths (`bendByDraws`). */
  readonly draws?: Float32Array;
  /** [samples]: 1 where the path is what a spring controller predicts (`predictPath`). */
  readonly predicted?: Uint8Array;
}

/** What queries at the samples know. A path is predicted first and then bent. */
export function inputRows(samples: Samples, plan: InputPlan, { draws, predicted }: PathTold = {}): Rows {
  const { tracks, trackOf, frameOf, count } = samples;
  const bendSample = draws && bendByDraws(draws);
  const predictors = predicted && tracks.map((track) => predictPath(track));
  let index = 0;
  const bend: BendPath = (frame, seconds, point) => {
    if (predicted?.[index] === 1) predictors?.[trackOf[index]](frame, seconds, point);
    bendSample?.(index, seconds, point);
  };
  const told = draws || predicted ? bend : undefined;
  return {
    count,
    size: sizeOfBlocks(inputBlocks(plan)),
    read(i, out) {
      index = i;
      writeInput(tracks[trackOf[i]], frameOf[i], plan, out, told);
    },
  };
}

/** What really happens at the samples: raw target rows. */
export function targetRows({ tracks, trackOf, frameOf, count }: Samples, jointCount: number): Rows {
  return {
    count,
    size: sizeOfBlocks(targetBlocks(jointCount)),
    read: (i, out) => writeTarget(tracks[trackOf[i]], frameOf[i], out),
  };
}

/** Fewer moments than this say nothing about a body's motion. */
const LEAST_SAMPLES = 200;

/**
 * The body parts and the rate that all tracks share.
 *
 * @throws GaitwayError `encoder/too-few-samples` without clips, or where they hold less than 200 moments with 0.4 s
 *   behind and 1 s ahead; `encoder/mixed-skeletons` and `encoder/mixed-rates` where clips differ, naming two;
 *   `encoder/not-finite-clip` where one holds what is no number.
 */
export function requireAlike(tracks: readonly MotionTrack[]): { roles: readonly string[]; rateHz: number } {
  const first = tracks[0];
  const { count } = samplesOf(tracks);
  if (!first || count < LEAST_SAMPLES) {
    throw new GaitwayError(
      'encoder/too-few-samples',
      `${tracks.length} clips hold ${count} moments with 0.4 s before and 1 s after them; at least ${LEAST_SAMPLES} are needed to learn from. Give more or longer clips.`,
      { clips: tracks.length, samples: count, least: LEAST_SAMPLES },
    );
  }
  for (const track of tracks) {
    const wild = track.positions.findIndex((value) => !Number.isFinite(value));
    if (wild >= 0) {
      const width = 3 * track.roles.length;
      throw new GaitwayError(
        'encoder/not-finite-clip',
        `${track.name} holds a position that is no number, in frame ${Math.floor(wild / width)}, at ${track.roles[Math.floor((wild % width) / 3)]}. Repair the clip, or leave it out.`,
        { clip: track.name, frame: Math.floor(wild / width) },
      );
    }
    if (track.roles.join() !== first.roles.join()) {
      throw new GaitwayError(
        'encoder/mixed-skeletons',
        `${track.name} has the body parts ${track.roles.join(', ')}, but ${first.name} has ${first.roles.join(', ')}; one encoder learns one set. Retarget the clips to one skeleton first.`,
        { clips: [first.name, track.name] },
      );
    }
    if (Math.abs(track.rateHz / first.rateHz - 1) > 1e-6) {
      throw new GaitwayError(
        'encoder/mixed-rates',
        `${track.name} is sampled at ${track.rateHz} Hz, but ${first.name} at ${first.rateHz} Hz; resample them to one rate.`,
        { clips: [first.name, track.name] },
      );
    }
  }
  return { roles: first.roles, rateHz: first.rateHz };
}
