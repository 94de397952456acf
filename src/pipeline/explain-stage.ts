import { type Clip, jointIndex, rateFromHz } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  along,
  chooseEngine,
  type Direction,
  directionOf,
  type Engine,
  imagine,
  type LatentMap,
  latentMap,
  type Moments,
  momentsOf,
  type NearMoment,
  nearestMoments,
  queryLatents,
  rootLimits,
  type SavedEncoder,
  type SeenPart,
  type StrongMoment,
  saliency,
  strongestMoments,
  usualInputs,
} from '../motion/index.js';
import { encodeClips, formatOfEnding } from './encode-clips.js';
import { openEncoder } from './encode-stage.js';
import { type ExplainedClip, type ExplainedClips, explainedClips } from './explained-clips.js';
import type { Failure } from './failure.js';
import { type FigurePose, type Figures, figureBones, figurePose } from './figures.js';
import { motionTrackOfClip } from './motion-track-of-file.js';
import type { ClipWarning } from './named-clips.js';
import { openClip } from './open-clip.js';
import { refuseToOverwrite, writeFileAtomic } from './write-file.js';

export interface ExplainRequest {
  readonly clips: readonly string[];
  /** Folder that `train` wrote. */
  readonly encoder: string;
  /** The moment whose neighbours are told and from which imagining sets out; the most ordinary by default. */
  readonly moment?: { readonly clip: string; readonly seconds: number };
  /** What latents are to go towards: `latent:3`, `latent:-3`, `tag:run`. */
  readonly towards?: string;
  /** File for the imagined clip; only with `towards`. */
  readonly out?: string;
  readonly seed: number;
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onNote?: (text: string) => void;
}

/** What was imagined, and how far it lies along the direction, in standard deviations of the clips' moments. */
export interface ImaginedReport {
  readonly before: number;
  /** As the encoder sees the written clip, read like any other. */
  readonly after: number;
  readonly file?: string;
  /** The moment and the times before it that show it, from which it was changed, and as imagined. */
  readonly figures: Figures;
}

export interface ExplainReport {
  readonly encoder: { readonly kind: string; readonly dim: number };
  readonly clips: number;
  readonly moments: number;
  readonly failed: readonly ({ readonly clip: string } & Failure)[];
  readonly warnings: readonly ClipWarning[];
  readonly map: LatentMap;
  readonly saliency: readonly SeenPart[];
  readonly moment: { readonly clip: string; readonly seconds: number };
  readonly neighbours: readonly NearMoment[];
  readonly towards?: {
    readonly name: string;
    readonly saliency: readonly SeenPart[];
    readonly strongest: readonly StrongMoment[];
    readonly imagined: ImaginedReport;
  };
}

const NEIGHBOURS = 8;
const STRONGEST = 5;
/** Seconds from the moment of the figures that show a motion. */
const SHOWN_SECONDS = [-0.4, -0.3, -0.2, -0.1, 0];

/**
 * Shows what an encoder learned, on clips: a map of latents, what its inputs weigh, what it takes for alike; and, towards a
 * direction, the moments farthest along it and a motion imagined to go farther.
 *
 * @throws GaitwayError `explain/no-moment`, `explain/no-direction`, `explain/too-short`, `explain/cancelled`, and those of
 *   `openEncoder`, `namedClips`, `chooseEngine`, `formatOfEnding` and `writeFileAtomic`.
 */
export async function explainStage(request: ExplainRequest): Promise<ExplainReport> {
  const { onProgress = () => undefined, onNote, towards, out } = request;
  if (out !== undefined) {
    formatOfEnding(out);
    await refuseToOverwrite(out, request.force);
  }
  const saved = await openEncoder(request.encoder);
  const { encoder } = saved;
  const opened = await explainedClips(request.clips, saved, onProgress, request.signal);
  const moments = momentsOf(
    encoder,
    opened.clips.map(({ track }) => track),
  );
  const direction = towards === undefined ? undefined : directionOf(towards, moments);
  const place = request.moment ? placeOf(request.moment, opened.clips, moments) : ordinary(moments);
  const { engine, why } = await chooseEngine('auto');
  onNote?.(why.replace('trains', 'differentiates'));
  const { track, frame } = place;
  const { latents } = queryLatents(encoder, track);
  const latent = latents.subarray(frame * encoder.dim, (frame + 1) * encoder.dim);
  return {
    encoder: { kind: encoder.kind, dim: encoder.dim },
    clips: opened.clips.length,
    moments: moments.trackOf.length,
    failed: opened.failed,
    warnings: opened.warnings,
    map: latentMap(moments),
    saliency: await saliency(engine, encoder, moments),
    moment: { clip: track.name, seconds: frame / track.rateHz },
    neighbours: nearestMoments(moments, track, frame, latent, NEIGHBOURS),
    ...(direction && {
      towards: {
        name: direction.name,
        saliency: await saliency(engine, encoder, moments, [direction.weights]),
        strongest: strongestMoments(moments, direction, STRONGEST),
        imagined: await imaginedMotion(request, saved, opened, moments, engine, direction, place),
      },
    }),
  };
}

interface Place extends Pick<ExplainedClip, 'track'> {
  readonly frame: number;
}

/** The moment whose latents lie nearest to the mean of all. */
function ordinary({ tracks, trackOf, frameOf, queries, mean, spread }: Moments): Place {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  trackOf.forEach((_, i) => {
    let sum = 0;
    for (let k = 0; k < mean.length; k++) sum += ((queries[i * mean.length + k] - mean[k]) / spread[k]) ** 2;
    if (sum < least) [best, least] = [i, sum];
  });
  return { track: tracks[trackOf[best]], frame: frameOf[best] };
}

function placeOf(
  wanted: { readonly clip: string; readonly seconds: number },
  clips: readonly ExplainedClip[],
  moments: Moments,
): Place {
  const clip = clips.find(({ name }) => name === wanted.clip);
  if (!clip) {
    const names = clips.slice(0, 5).map(({ name }) => `"${name}"`);
    throw new GaitwayError(
      'explain/no-moment',
      `There is no clip "${wanted.clip}" among those given: ${names.join(', ')}${clips.length > 5 ? ', …' : ''}.`,
      { clip: wanted.clip },
    );
  }
  const { track } = clip;
  const frame = Math.round(wanted.seconds * track.rateHz);
  const own = moments.tracks.indexOf(track);
  const frames = moments.frameOf.filter((_, i) => moments.trackOf[i] === own);
  const [first, last] = [frames[0], frames[frames.length - 1]];
  if (first !== undefined && frame >= first && frame <= last) return { track, frame };
  throw new GaitwayError(
    'explain/no-moment',
    first === undefined
      ? `${wanted.clip} lasts ${(track.frameCount / track.rateHz).toFixed(2)} s: too short for a moment with 0.4 s before and 1 s after it.`
      : `${wanted.clip} at ${wanted.seconds} s has not 0.4 s before and 1 s after it; name a time from ${(first / track.rateHz).toFixed(2)} to ${(last / track.rateHz).toFixed(2)} s.`,
    { clip: wanted.clip, seconds: wanted.seconds },
  );
}

async function imaginedMotion(
  { out, seed, force, signal, onProgress }: ExplainRequest,
  { encoder }: SavedEncoder,
  opened: ExplainedClips,
  moments: Moments,
  engine: Engine,
  direction: Direction,
  { track, frame }: Place,
): Promise<ImaginedReport> {
  const { file, boneMap } = opened.clips.find((clip) => clip.track === track) as ExplainedClip;
  const clip = await openClip(file, { rate: rateFromHz(encoder.plan.rateHz) });
  const made = await imagine({
    engine,
    encoder,
    start: { clip, track, joints: jointsOfMap(clip, boneMap), frame },
    direction,
    usual: usualInputs(encoder, moments),
    limits: opened.limitsOf(boneMap),
    fastest: rootLimits(moments.tracks),
    seed,
    onStep: (done, total) => {
      onProgress?.(done, total, direction.name);
      return signal?.aborted ?? false;
    },
  });
  if (signal?.aborted)
    throw new GaitwayError('explain/cancelled', 'Explaining was stopped; nothing was written.');
  const seen = motionTrackOfClip(made.clip, { boneMaps: [boneMap], roles: encoder.plan.roles }).track;
  const distance = (whole: typeof track, at: number): number =>
    along(direction, moments, queryLatents(encoder, whole).latents, at * encoder.dim);
  if (out !== undefined) {
    const written = await encodeClips([made.clip], formatOfEnding(out));
    await writeFileAtomic(out, written.bytes, { force });
  }
  const shown = (whole: typeof track, at: number): FigurePose[] =>
    SHOWN_SECONDS.map((seconds) => figurePose(whole, at, seconds));
  return {
    before: distance(track, frame),
    after: distance(seen, made.frame),
    ...(out !== undefined && { file: out }),
    figures: {
      bones: figureBones(clip.skeleton, boneMap),
      from: shown(track, frame),
      to: shown(seen, made.frame),
    },
  };
}

const jointsOfMap = ({ skeleton }: Clip, boneMap: Readonly<Record<string, string>>): number[] =>
  Object.values(boneMap).map((joint) => jointIndex(skeleton, joint));
