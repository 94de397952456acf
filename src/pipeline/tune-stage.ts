import {
  type FeatureSchema,
  type RetrievalScore,
  splitWeights,
  type TunedWeights,
  type TuneOptions,
  tuneWeights,
} from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { openFeatureSchema } from './feature-schema-file.js';
import type { ClipWarning } from './named-clips.js';
import { latentsOfClips, openTuneClips, type TuneClips } from './tune-clips.js';
import { scoreOfSchemas } from './tune-score.js';
import { refuseToOverwrite, writeFileAtomic } from './write-file.js';

export interface TuneRequest extends TuneClips {
  /** Name of a built-in feature schema, a JSON file, or the schema itself. */
  readonly schema: string | FeatureSchema;
  /** Folder of an encoder whose ranking the weights are to follow, instead of what truly goes on alike. */
  readonly encoder?: string;
  readonly out: string;
  /** Gives every quantity of a trajectory sample or joint a weight of its own. */
  readonly split: boolean;
  /** Share of the questions whose path ahead is bent, as a player's stick bends it. */
  readonly noiseShare: number;
  /** Centimetres of FPE that a centimetre of jump, and a degree of turn, are worth where the truth is fitted. */
  readonly jumpWeight: number;
  readonly turnWeight: number;
  readonly force: boolean;
  readonly onNote?: (text: string) => void;
}

export interface TuneReport {
  readonly out: string;
  readonly schema: string;
  /** Whose ranking was followed. */
  readonly encoder?: { readonly kind: string; readonly dim: number };
  readonly fittedClips: number;
  readonly heldOutClips: number;
  readonly questions: number;
  readonly groups: TunedWeights['groups'];
  readonly rounds: TunedWeights['rounds'];
  /** On the clips that were kept back; with an encoder, beside the encoder itself and weights fitted to the truth. */
  readonly score: RetrievalScore;
  readonly warnings: readonly ClipWarning[];
}

/**
 * Fits the weights of a feature schema to clips, scores it on clips that were kept back, and writes it.
 *
 * @throws GaitwayError those of `openEncoder`, `openTuneClips`, `latentsOfClips`, `tuneWeights`, `scoreRetrieval` and
 *   `writeFileAtomic`.
 */
export async function tuneStage(request: TuneRequest): Promise<TuneReport> {
  const { schema: wanted, out, force, split, seed, noiseShare, signal, onNote } = request;
  await refuseToOverwrite(out, force);
  const given = await openFeatureSchema(wanted);
  const schema = split ? splitWeights(given) : given;
  const saved = request.encoder === undefined ? undefined : await openEncoder(request.encoder);
  const { fitted, heldOut } = await openTuneClips(request, schema, saved);
  signal?.throwIfAborted();
  const tune = (what: string, more: TuneOptions): TunedWeights & { readonly named: FeatureSchema } => {
    const tuned = tuneWeights(
      fitted.map(({ track }) => track),
      schema,
      {
        seed,
        noiseShare,
        ...more,
        progress: (round, rounds, { fpe, jump, turn, cost }) =>
          onNote?.(
            `${what}, round ${round} of ${rounds}: FPE ${fpe.toFixed(3)} cm, jump ${jump.toFixed(3)} cm, turn ${turn.toFixed(2)}°, cost ${cost.toPrecision(4)}`,
          ),
      },
    );
    return { ...tuned, named: { ...tuned.schema, name: `${given.name} ${what}` } };
  };
  const distilled = saved && tune('distilled', { teacher: latentsOfClips(saved, fitted) });
  signal?.throwIfAborted();
  const truth = tune('tuned', { jumpWeight: request.jumpWeight, turnWeight: request.turnWeight });
  signal?.throwIfAborted();
  const chosen = distilled ?? truth;
  const schemas = Object.fromEntries([truth.named, chosen.named].map((named) => [named.name, named]));
  const score = scoreOfSchemas(
    { [`${given.name} as given`]: given, ...schemas },
    fitted,
    heldOut,
    saved,
    onNote,
  );
  await writeFileAtomic(out, `${JSON.stringify(chosen.named, null, 2)}\n`, { force });
  return {
    out,
    schema: given.name,
    ...(saved && { encoder: { kind: saved.encoder.kind, dim: saved.encoder.dim } }),
    fittedClips: fitted.length,
    heldOutClips: heldOut.length,
    questions: chosen.questions,
    groups: chosen.groups,
    rounds: chosen.rounds,
    score,
    warnings: [...fitted, ...heldOut].flatMap(({ warnings }) => warnings),
  };
}
