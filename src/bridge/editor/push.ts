import { basename } from 'node:path';
import { type Clip, makeRate, type Rate, rateHz, resample } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { PushResult, UeRate } from '../protocol/index.js';
import { clipToBlock, hashOf } from './clip-block.js';
import { type EditorSkeleton, fitToSkeleton } from './fit-skeleton.js';
import { inNewJob, type JobProgress, waitForJob } from './job.js';
import { pushRate } from './push-rate.js';
import type { EditorSession } from './session.js';
import { type SendState, sendBlock, type TransferJob } from './transfer.js';
import { toUnreal } from './unreal-attribute.js';

export interface PushRequest {
  readonly clip: Clip;
  /** Content path of the animation to make or change, such as `/Game/Motion/Walk`. */
  readonly asset: string;
  readonly skeleton: EditorSkeleton;
  /** Rate of a new animation in the project, from `capabilities`. */
  readonly defaultRate: Rate;
  /** Switches root motion on or off; left as it is by default. */
  readonly rootMotion?: boolean;
  /**
   * Writes 24, 25 and 50 frames a second as they are, over a common multiple of the project's rate; where the engine
   * refuses that, the clip is resampled after all. Off by default: no real editor has been seen to do it yet.
   */
  readonly keepRate?: boolean;
  /** Writes over an animation that Gaitway did not make. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: JobProgress;
}

export interface PushReport {
  readonly asset: string;
  readonly keys: number;
  readonly rate: Rate;
  /** How far the asset lies from the clip, in centimetres and degrees, over some of its keys. */
  readonly readBack: PushResult['readBack'] | undefined;
  /** What was changed on our side, and what the engine said. */
  readonly warnings: readonly Warning[];
}

/**
 * Writes a clip into the open editor as an AnimSequence, saved and read back.
 *
 * The clip must be on the skeleton (see fit-skeleton.ts). It is written in one undo step. Its events become notifies and
 * sync markers. A rate that the engine does not take is resampled and said to be. It is written at most once: where the
 * connection breaks before the numbers are complete, sending begins anew; after that, the job and then the asset are
 * asked whether the push was done.
 *
 * @throws GaitwayError what the plugin refuses (`bridge/bad-asset-path`, `bridge/would-overwrite`, …) or
 *   `fitToSkeleton` does, `bridge/push-cut-off`, or what a call throws.
 */
export async function pushClip(session: EditorSession, request: PushRequest): Promise<PushReport> {
  const keepRate = request.keepRate ?? false;
  try {
    return await pushOnce(session, { ...request, keepRate });
  } catch (error) {
    if (!(error instanceof GaitwayError && error.code === 'bridge/rate-refused')) throw error;
    // An animation that is there may have another rate than new ones; nothing of it was changed.
    const { data: current } = UeRate.safeParse(error.data.current);
    if (!keepRate && !current) throw error;
    const defaultRate = current ? makeRate(current.numerator, current.denominator) : request.defaultRate;
    const report = await pushOnce(session, { ...request, defaultRate, keepRate: false });
    return { ...report, warnings: [...report.warnings, { code: error.code, message: error.message }] };
  }
}

async function pushOnce(
  session: EditorSession,
  request: PushRequest & { readonly keepRate: boolean },
): Promise<PushReport> {
  const { asset, skeleton, signal, force = false, keepRate, rootMotion } = request;
  const fitted = fitToSkeleton(request.clip, skeleton);
  const { clip, told } = fitForUnreal(fitted.clip, request.defaultRate, keepRate);
  const { settings, marks, told: ofMarks } = toUnreal(clip, skeleton.path);
  told.unshift(...fitted.told, ...ofMarks);
  const block = clipToBlock(clip);
  const options = { purpose: `pushing "${clip.name}" to ${asset}`, ...(signal && { signal }) };
  const content = {
    skeleton: skeleton.path,
    keys: block.keys,
    rate: clip.rate,
    bones: [...block.bones],
    hasScales: block.hasScales,
    curves: [...block.curves],
    settings: { ...settings, ...(rootMotion !== undefined && { enable_root_motion: rootMotion }) },
    marks,
    sourceName: basename(clip.source.file),
    blockHash: block.hash,
    byteLength: block.bytes.length,
  };
  // Of all that is written, not of the numbers alone: by it an asset tells whether this very push was done.
  const contentHash = hashOf(Buffer.from(JSON.stringify(content)));
  const begin = { asset, ...content, contentHash, keepRate, force };
  try {
    return await inNewJob(session, options, async (job) => {
      const state: SendState = { committing: false };
      try {
        await session.call('push_begin', { job: job.job, ...begin }, options);
        await sendBlock(session, block.bytes, job, state);
        return reportOf(PushResult.parse(await waitForJob(session, job, request.onProgress)), told);
      } catch (error) {
        if (!(state.committing && isLoss(error))) throw error;
        return await findOut(session, { job, asset, contentHash, loss: error, told });
      }
    });
  } catch (error) {
    if (!isLoss(error)) throw error;
    throw cutOff(asset, options.purpose, 'Nothing was written; run the command again.', error);
  }
}

/** Failures after which it is not known what the editor did; a token or job that it no longer knows tells of a restart. */
const LOSSES = new Set([
  'bridge/connection-lost',
  'bridge/timeout',
  'bridge/unreachable',
  'bridge/unreadable-answer',
  'bridge/bad-answer',
  'bridge/plugin-silent',
  'bridge/unknown-job',
  'bridge/bad-token',
]);
const isLoss = (error: unknown): error is GaitwayError =>
  error instanceof GaitwayError && LOSSES.has(error.code);
interface CutOffPush {
  readonly job: TransferJob;
  readonly asset: string;
  readonly contentHash: string;
  readonly loss: GaitwayError;
  readonly told: readonly Warning[];
}

const cutOff = (asset: string, purpose: string, what: string, loss: GaitwayError): GaitwayError =>
  new GaitwayError(
    'bridge/push-cut-off',
    `The editor was lost while ${purpose}. ${what} (${loss.message})`,
    { asset, cause: loss.code },
    loss,
  );

/** A job is asked after so often where the editor does not answer. */
const LOOKS = 3;

/** After a break: the job may still run; else the asset itself tells whether it was written. */
async function findOut(session: EditorSession, push: CutOffPush): Promise<PushReport> {
  const { job, asset, contentHash, loss, told } = push;
  const { purpose } = job;
  for (let look = 1; look <= LOOKS; look++) {
    try {
      const { state } = await session.call('job_status', { job: job.job }, job);
      // The request to write did not arrive.
      if (state === 'receiving') break;
      return reportOf(PushResult.parse(await waitForJob(session, job)), told);
    } catch (error) {
      if (!isLoss(error)) throw error;
      if (error.code !== 'bridge/timeout') break;
    }
  }
  // Only once the job is known to be gone does the asset tell the end of the story: what arrives late is refused then.
  const lookAtAsset = async () => {
    await session.call('job_cancel', { job: job.job }, { purpose });
    return session.call(
      'describe_animation',
      { path: asset },
      { purpose: `looking what became of ${asset}` },
    );
  };
  const there = await lookAtAsset().catch((error: unknown) => {
    const cause = error instanceof GaitwayError ? error : loss;
    throw cutOff(
      asset,
      purpose,
      `Whether ${asset} was written cannot be found out; look at it in the editor.`,
      cause,
    );
  });
  if (there.contentHash !== contentHash) {
    const what = there.exists ? `${asset} does not hold this clip` : `${asset} is not there`;
    throw cutOff(asset, purpose, `${what}, so the push was not done; run the command again.`, loss);
  }
  const message = `The editor was lost while ${job.purpose}; the asset holds the clip with its events and settings, as its content hash shows.`;
  return {
    asset,
    keys: there.keys,
    rate: there.rate,
    readBack: undefined,
    warnings: [...told, { code: 'bridge/editor-lost', message }],
  };
}

function reportOf(
  { asset, keys, rate, readBack, warnings }: PushResult,
  told: readonly Warning[],
): PushReport {
  const engine = warnings.map(
    (message): Warning => ({ code: 'bridge/engine-warning', message: `${asset}: ${message}` }),
  );
  return { asset, keys, rate, readBack, warnings: [...told, ...engine] };
}

/** The clip as Unreal can take it, with what had to be changed. */
function fitForUnreal(given: Clip, defaultRate: Rate, keepRate: boolean): { clip: Clip; told: Warning[] } {
  const told: Warning[] = [];
  const rate = pushRate(given.rate, defaultRate, keepRate);
  let clip = resample(given, rate);
  if (clip !== given) {
    told.push({
      code: 'bridge/resampled',
      message:
        `"${given.name}" has ${rateText(given.rate)} frames a second, which Unreal does not take for a new animation; it was ` +
        `resampled to ${rateText(rate)}.`,
    });
  }
  if (clip.frameCount === 1) {
    clip = doubled(clip);
    told.push({
      code: 'bridge/one-pose',
      message: `"${given.name}" is a single pose; an animation has two keys at least, so it is held for one frame.`,
    });
  }
  return { clip, told };
}

const rateText = (rate: Rate): string => String(Math.round(rateHz(rate) * 1000) / 1000);

function doubled(clip: Clip): Clip {
  const twice = (values: Float64Array): Float64Array => {
    const out = new Float64Array(2 * values.length);
    out.set(values);
    out.set(values, values.length);
    return out;
  };
  return {
    ...clip,
    frameCount: 2,
    rotations: twice(clip.rotations),
    translations: twice(clip.translations),
    ...(clip.scales && { scales: twice(clip.scales) }),
    curves: clip.curves.map(({ name, values }) => ({ name, values: twice(values) })),
  };
}
