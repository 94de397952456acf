import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { builtInSchema } from '../features/built-in-schemas.js';
import type { FeatureRows } from '../features/extract.js';
import { layoutOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import { type Answers, answerQueries } from './answer.js';
import { intervalByGroup } from './interval.js';
import { HORIZONS, measure, type Scored } from './measure.js';
import { ORACLE_COMPONENTS, oracleRows } from './oracle.js';
import { gatherRows, type SampleRows, scoredSamples } from './samples.js';
import { normaliseDatabase, rawSchemaRows } from './schema-rows.js';

/** A clip of the database or of the queries, and what it is a sample of (`walk`, `run`, …). */
export interface EvaluatedClip {
  readonly track: MotionTrack;
  readonly label: string;
}

/** Rows of every clip, from an encoder; the two sides may be encoded differently. */
export interface EvaluatedRows {
  readonly name: string;
  readonly database: readonly FeatureRows[];
  readonly queries: readonly FeatureRows[];
}

/** The scores of one way to search; centimetres, and metres per second for `jv`. */
export interface MethodScore {
  readonly method: string;
  /** Numbers a row; 0 where there are none. */
  readonly dimension: number;
  readonly jp: number;
  readonly jv: number;
  /** At 1/3, 2/3 and 1 s. */
  readonly fpeAt: readonly number[];
  readonly fpe: number;
  readonly interval: readonly [low: number, high: number];
  readonly fte: number;
  readonly ffe: number;
  /** 0 is the hand-made features, 1 the oracle. */
  readonly skill: number;
  readonly refused: number;
  /** Different answers per query. */
  readonly distinct: number;
  readonly fpeByLabel: Readonly<Record<string, number>>;
}

export interface RetrievalScore {
  readonly databaseSamples: number;
  readonly querySamples: number;
  readonly jointCount: number;
  readonly rateHz: number;
  readonly methods: readonly MethodScore[];
}

export interface ScoreRequest {
  readonly database: readonly EvaluatedClip[];
  readonly queries: readonly EvaluatedClip[];
  /** Feature schemas to score beside the hand-made ones, by the name they are told under. */
  readonly schemas?: Readonly<Record<string, FeatureSchema>>;
  readonly latents?: readonly EvaluatedRows[];
  /** Told before each method. */
  readonly progress?: (method: string) => void;
}

const HAND = 'hand-made (unit weights)';
const ORACLE = 'oracle (true future)';
const SEED = 11;

/**
 * Scores ways to find database frames whose future resembles the query's, on clips kept back.
 *
 * Always scored: any frame at random, the 27 hand-made numbers with unit and with published weights, Unreal's
 * default, and the oracle that knows the true future. All are fitted on the database alone.
 *
 * @throws GaitwayError `evaluate/no-samples` where no clip of one side is long enough,
 *   `evaluate/different-roles` where clips have other joints or another rate than the first.
 */
export function scoreRetrieval(request: ScoreRequest): RetrievalScore {
  assertAlike([...request.database, ...request.queries]);
  const side = (clips: readonly EvaluatedClip[], name: string): Scored => {
    const tracks = clips.map(({ track }) => track);
    const samples = scoredSamples(tracks);
    if (samples.clip.length > 0) return { tracks, samples };
    throw new GaitwayError(
      'evaluate/no-samples',
      `None of the ${clips.length} ${name} clips is long enough to be scored: a frame needs 0.4 s before it and 1 s after it.`,
      { side: name, clips: clips.length },
    );
  };
  const database = side(request.database, 'database');
  const queries = side(request.queries, 'query');
  const labels = request.queries.map(({ label }) => label);

  const scores: Omit<MethodScore, 'skill'>[] = [];
  const add = (method: string, dimension: number, answer: () => Answers): void => {
    request.progress?.(method);
    scores.push({ method, dimension, ...scoreAnswers(queries, database, answer(), labels) });
  };
  const random = seededRandom(SEED);
  const count = queries.samples.clip.length;
  add('random frame', 0, () => ({
    samples: Int32Array.from({ length: count }, () => random.below(database.samples.clip.length)),
    refused: 0,
  }));
  const { rootJoint } = database.tracks[0];
  const schemas: Readonly<Record<string, FeatureSchema>> = {
    [HAND]: builtInSchema('hand-made', rootJoint),
    'hand-made (Holden weights)': builtInSchema('holden', rootJoint),
    'UE 5.4 default': builtInSchema('ue54', rootJoint),
    ...request.schemas,
  };
  for (const [method, schema] of Object.entries(schemas)) {
    add(method, layoutOf(schema).dimension, () => {
      const rows = schemaRows(schema, database, queries);
      return answerQueries(rows.database, rows.queries, random);
    });
  }
  for (const latents of request.latents ?? []) {
    const known = gatherRows(database.tracks, database.samples, latents.database);
    const asked = gatherRows(queries.tracks, queries.samples, latents.queries);
    assertLatents(latents.name, known, asked);
    add(latents.name, known.dimension, () => answerQueries(known, asked, random));
  }
  add(ORACLE, ORACLE_COMPONENTS, () => {
    const truth = oracleRows(database, queries);
    return answerQueries(truth.database, truth.queries, random);
  });

  const fpeOf = (name: string): number => scores.find(({ method }) => method === name)?.fpe ?? Number.NaN;
  const room = fpeOf(HAND) - fpeOf(ORACLE);
  return {
    databaseSamples: database.samples.clip.length,
    querySamples: count,
    jointCount: database.tracks[0].roles.length,
    rateHz: database.tracks[0].rateHz,
    methods: scores.map((score) => ({ ...score, skill: (fpeOf(HAND) - score.fpe) / room })),
  };
}

function assertAlike(clips: readonly EvaluatedClip[]): void {
  const first = clips[0]?.track;
  for (const { track } of clips) {
    if (track.roles.join() === first.roles.join() && track.rateHz === first.rateHz) continue;
    throw new GaitwayError(
      'evaluate/different-roles',
      `${track.name} has the joints ${track.roles.join(', ')} at ${track.rateHz} Hz, and ${first.name} ${first.roles.join(', ')} at ${first.rateHz} Hz; clips are scored against each other only where both are alike.`,
      { clip: track.name, first: first.name },
    );
  }
}

function assertLatents(name: string, database: SampleRows, queries: SampleRows): void {
  const fail = (what: string): never => {
    throw new GaitwayError('evaluate/bad-rows', `${name}: ${what}`, { latents: name });
  };
  if (database.dimension !== queries.dimension)
    fail(
      `queries have ${queries.dimension} numbers and the database ${database.dimension}; encode both with one encoder.`,
    );
  if (!database.usable.includes(1)) fail('every database sample is marked invalid.');
  for (const { rows, usable, dimension } of [database, queries]) {
    const bad = rows.findIndex(
      (value, k) => !Number.isFinite(value) && usable[Math.floor(k / dimension)] === 1,
    );
    if (bad >= 0) fail('a row is marked valid but is not finite; encode the clips again.');
  }
}

function schemaRows(
  schema: FeatureSchema,
  database: Scored,
  queries: Scored,
): { database: SampleRows; queries: SampleRows } {
  const known = rawSchemaRows(schema, database);
  const asked = rawSchemaRows(schema, queries);
  normaliseRows(normaliseDatabase(schema, known), asked.rows);
  return { database: known, queries: asked };
}

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
};

function scoreAnswers(
  queries: Scored,
  database: Scored,
  { samples, refused }: Answers,
  labels: readonly string[],
): Omit<MethodScore, 'method' | 'dimension' | 'skill'> {
  const { fpe, fte, ffe, jp, jv } = measure(queries, database, samples);
  const H = HORIZONS.length;
  const perQuery = Float64Array.from(samples, (_, q) => mean(fpe.subarray(q * H, q * H + H)));
  const byLabel = new Map<string, number[]>();
  perQuery.forEach((value, q) => {
    const label = labels[queries.samples.clip[q]];
    const own = byLabel.get(label);
    if (own) own.push(value);
    else byLabel.set(label, [value]);
  });
  return {
    jp: mean(jp),
    jv: mean(jv),
    fpeAt: HORIZONS.map((_, h) => mean(fpe.filter((_, k) => k % H === h))),
    fpe: mean(fpe),
    interval: intervalByGroup(perQuery, queries.samples.clip),
    fte: mean(fte),
    ffe: mean(ffe),
    refused,
    distinct: new Set(samples).size / samples.length,
    fpeByLabel: Object.fromEntries(
      [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, values]) => [label, mean(values)]),
    ),
  };
}
