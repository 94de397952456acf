import { GaitwayError } from '../errors.js';
import {
  builtInSchema,
  databaseLatents,
  type Encoder,
  type EvaluatedRows,
  type FeatureSchema,
  type Latents,
  type MotionTrack,
  noisyFeatureRows,
  noisyLatents,
  queryLatents,
  type RetrievalScore,
  type SavedEncoder,
  scoreRetrieval,
  trainLinear,
} from '../motion/index.js';
import { seenOf, type TuneClip } from './tune-clips.js';

/** Numbers of the linear encoder that schemas are scored beside. */
const LINEAR = { dim: 16, seed: 1, noiseShare: 0 };

/** Schemas, hand-made features, the linear encoder and one's own where there is one, on true and on bent paths. */
export function scoreOfSchemas(
  schemas: Readonly<Record<string, FeatureSchema>>,
  fitted: readonly TuneClip[],
  heldOut: readonly TuneClip[],
  saved: SavedEncoder | undefined,
  onNote?: (text: string) => void,
): RetrievalScore {
  const known = fitted.map(({ track }) => track);
  const asked = heldOut.map(({ track }) => track);
  return scoreRetrieval({
    database: fitted,
    queries: heldOut,
    schemas,
    latents: [
      ...Object.entries({
        'hand-made': builtInSchema('hand-made', known[0]?.rootJoint),
        ...schemas,
      }).map(([name, schema]) => noisyFeatureRows(`${name}, bent paths`, schema, known, asked)),
      ...linearRows(known, asked, onNote),
      ...(saved ? encoderRows('the encoder', saved.encoder, seenOf(fitted), seenOf(heldOut)) : []),
    ],
    progress: (method) => onNote?.(`scoring ${method}`),
  });
}

/** What the linear encoder makes of the clips; nothing, and a note, where there is too little to learn. */
function linearRows(
  known: readonly MotionTrack[],
  asked: readonly MotionTrack[],
  onNote?: (text: string) => void,
): EvaluatedRows[] {
  try {
    return encoderRows('linear encoder', trainLinear(known, LINEAR), known, asked);
  } catch (error) {
    if (!(error instanceof GaitwayError) || error.code !== 'encoder/too-few-samples') throw error;
    onNote?.(`no linear encoder is scored: ${error.message}`);
    return [];
  }
}

/** Latents of true and of bent paths. */
function encoderRows(
  name: string,
  encoder: Encoder,
  known: readonly MotionTrack[],
  asked: readonly MotionTrack[],
): EvaluatedRows[] {
  const rows = ({ frameCount }: MotionTrack, { latents, valid }: Latents) => ({
    frameCount,
    dimension: encoder.dim,
    rows: latents,
    valid,
  });
  return [
    {
      name,
      database: known.map((track) => rows(track, databaseLatents(encoder, track))),
      queries: asked.map((track) => rows(track, queryLatents(encoder, track))),
    },
    noisyLatents(`${name}, bent paths`, encoder, known, asked),
  ];
}
