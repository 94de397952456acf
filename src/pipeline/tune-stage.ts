import { GaitwayError } from '../errors.js';
import {
  BUILT_IN_SCHEMAS,
  databaseLatents,
  drawHeldOut,
  type Encoder,
  type EvaluatedClip,
  type EvaluatedRows,
  type FeatureSchema,
  type Latents,
  type MotionTrack,
  noisyFeatureRows,
  noisyLatents,
  queryLatents,
  type RetrievalScore,
  scoreRetrieval,
  splitWeights,
  type TunedWeights,
  trainLinear,
  tuneWeights,
} from '../motion/index.js';
import { openFeatureSchema } from './feature-schema-file.js';
import { readManifest } from './manifest.js';
import { motionTrackOfFile, needsOfSchemas, type RoleNames } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { refuseToOverwrite, writeFileAtomic } from './write-file.js';

export interface TuneRequest {
  /** A manifest: its train split is fitted, its test split scored. */
  readonly manifest?: string;
  /** Clips of this family of skeletons of the manifest only. */
  readonly family?: string;
  /** Clip files and folders of them, some of which are kept back to be scored. */
  readonly clips?: readonly string[];
  /** Name of a built-in feature schema, a JSON file, or the schema itself. */
  readonly schema: string | FeatureSchema;
  readonly out: string;
  /** Gives every quantity of a trajectory sample or joint a weight of its own. */
  readonly split: boolean;
  /** Share of the questions whose path ahead is bent, as a player's stick bends it. */
  readonly noiseShare: number;
  /** Centimetres of FPE that a centimetre of jump, and a degree of turn, are worth. */
  readonly jumpWeight: number;
  readonly turnWeight: number;
  readonly seed: number;
  readonly rateHz?: number;
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onNote?: (text: string) => void;
}

export interface TuneReport {
  readonly out: string;
  readonly schema: string;
  readonly fittedClips: number;
  readonly heldOutClips: number;
  readonly questions: number;
  readonly groups: TunedWeights['groups'];
  readonly rounds: TunedWeights['rounds'];
  /** On the clips that were kept back. */
  readonly score: RetrievalScore;
  readonly warnings: readonly ClipWarning[];
}

interface NamedTrack extends EvaluatedClip {
  readonly warnings: readonly ClipWarning[];
}

/** Numbers of the linear encoder that the schema is scored beside. */
const LINEAR = { dim: 16, seed: 1, noiseShare: 0 };

/**
 * Fits the weights of a feature schema to clips, scores it on clips that were kept back, and writes it.
 *
 * @throws GaitwayError `tune/too-few-clips` where none can be kept back, `evaluate/no-split` where a manifest
 *   lacks a split, `tune/unreadable-clip`, those of `tuneWeights`, `scoreRetrieval` and `writeFileAtomic`.
 */
export async function tuneStage(request: TuneRequest): Promise<TuneReport> {
  const { schema: wanted, out, force, split, seed, noiseShare, jumpWeight, turnWeight, onNote } = request;
  await refuseToOverwrite(out, force);
  const given = await openFeatureSchema(wanted);
  const schema = split ? splitWeights(given) : given;
  const { fitted, heldOut } = await openSides(request, schema);
  request.signal?.throwIfAborted();
  const tuned = tuneWeights(
    fitted.map(({ track }) => track),
    schema,
    {
      seed,
      noiseShare,
      jumpWeight,
      turnWeight,
      progress: (round, rounds, { fpe, jump, turn }) =>
        onNote?.(
          `round ${round} of ${rounds}: FPE ${fpe.toFixed(3)} cm, jump ${jump.toFixed(3)} cm, turn ${turn.toFixed(2)}°`,
        ),
    },
  );
  const named = { ...tuned.schema, name: `${given.name} tuned` };
  request.signal?.throwIfAborted();
  const score = scoreOf(given, named, fitted, heldOut, onNote);
  await writeFileAtomic(out, `${JSON.stringify(named, null, 2)}\n`, { force });
  return {
    out,
    schema: given.name,
    fittedClips: fitted.length,
    heldOutClips: heldOut.length,
    questions: tuned.questions,
    groups: tuned.groups,
    rounds: tuned.rounds,
    score,
    warnings: [...fitted, ...heldOut].flatMap(({ warnings }) => warnings),
  };
}

/** The schema before and after, hand-made features and the linear encoder, on true and on bent paths. */
function scoreOf(
  given: FeatureSchema,
  tuned: FeatureSchema,
  fitted: readonly EvaluatedClip[],
  heldOut: readonly EvaluatedClip[],
  onNote?: (text: string) => void,
): RetrievalScore {
  const known = fitted.map(({ track }) => track);
  const asked = heldOut.map(({ track }) => track);
  const bent = (name: string, schema: FeatureSchema): EvaluatedRows =>
    noisyFeatureRows(`${name}, bent paths`, schema, known, asked);
  return scoreRetrieval({
    database: fitted,
    queries: heldOut,
    schemas: { [`${given.name} as given`]: given, [tuned.name]: tuned },
    latents: [
      bent('hand-made', BUILT_IN_SCHEMAS['hand-made']()),
      bent(`${given.name} as given`, given),
      bent(tuned.name, tuned),
      ...linearRows(known, asked, onNote),
    ],
    progress: (method) => onNote?.(`scoring ${method}`),
  });
}

/** What the linear encoder makes of true and of bent paths; nothing, and a note, where there is too little to learn. */
function linearRows(
  known: readonly MotionTrack[],
  asked: readonly MotionTrack[],
  onNote?: (text: string) => void,
): EvaluatedRows[] {
  let linear: Encoder;
  try {
    linear = trainLinear(known, LINEAR);
  } catch (error) {
    if (!(error instanceof GaitwayError) || error.code !== 'encoder/too-few-samples') throw error;
    onNote?.(`no linear encoder is scored: ${error.message}`);
    return [];
  }
  const rows = ({ frameCount }: MotionTrack, { latents, valid }: Latents) => ({
    frameCount,
    dimension: linear.dim,
    rows: latents,
    valid,
  });
  return [
    {
      name: 'linear encoder',
      database: known.map((track) => rows(track, databaseLatents(linear, track))),
      queries: asked.map((track) => rows(track, queryLatents(linear, track))),
    },
    noisyLatents('linear encoder, bent paths', linear, known, asked),
  ];
}

async function openSides(
  request: TuneRequest,
  schema: FeatureSchema,
): Promise<{ fitted: NamedTrack[]; heldOut: NamedTrack[] }> {
  const { manifest, family, clips = [], seed, signal, onProgress } = request;
  const listed =
    manifest === undefined
      ? (await namedClips(clips)).map((clip) => ({ ...clip, label: '', split: undefined, roles: undefined }))
      : (await readManifest(manifest)).filter((clip) => family === undefined || clip.family === family);
  const opened: (NamedTrack & { readonly split: 'train' | 'test' | undefined })[] = [];
  const needs = needsOfSchemas([schema]);
  let boneMaps: readonly RoleNames[] = [];
  for (const [index, { name, file, label, split, roles }] of listed.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, listed.length, name);
    try {
      const { track, boneMap, warnings } = await motionTrackOfFile(file, {
        ...needs,
        rateHz: request.rateHz ?? schema.rateHz,
        name,
        boneMaps: roles ? [roles] : boneMaps,
      });
      // Clips of one skeleton are read by one map, even where a pose would have told another.
      if (boneMaps.length === 0) boneMaps = [boneMap];
      opened.push({ track, label, split, warnings: warnings.map((warning) => ({ clip: file, ...warning })) });
    } catch (cause) {
      if (!(cause instanceof GaitwayError)) throw cause;
      throw new GaitwayError(
        'tune/unreadable-clip',
        `${name} cannot be read, and without it the weights would mean something else: ${cause.message}`,
        { clip: name, code: cause.code },
        cause,
      );
    }
  }
  if (manifest === undefined) return drawHeldOut(opened, seed);
  const sides = {
    fitted: opened.filter(({ split }) => split === 'train'),
    heldOut: opened.filter(({ split }) => split === 'test'),
  };
  for (const [side, split] of [
    ['fitted', 'train'],
    ['heldOut', 'test'],
  ] as const) {
    if (sides[side].length > 0) continue;
    throw new GaitwayError(
      'evaluate/no-split',
      `${manifest} has no ${split} clips${family === undefined ? '' : ` of the family "${family}"`}; weights are fitted to the train split and scored on the test split.`,
      { file: manifest, split },
    );
  }
  return sides;
}
