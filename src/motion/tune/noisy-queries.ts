import { seededRandom } from '../../math/random.js';
import { bendByDraws, drawBends } from '../encoder/bent-path.js';
import { databaseLatents, type Encoder, type Latents, queryLatents } from '../encoder/encoder.js';
import type { EvaluatedRows } from '../evaluate/score-retrieval.js';
import { extractFeatures, type FeatureRows } from '../features/extract.js';
import { layoutOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { fitNormalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import { bentRows } from './bent-queries.js';

const SEED = 3;

/** Rows under a schema for a score: the database as it is, and queries whose path ahead a stick has bent. */
export function noisyFeatureRows(
  name: string,
  schema: FeatureSchema,
  database: readonly MotionTrack[],
  queries: readonly MotionTrack[],
): EvaluatedRows {
  const layout = layoutOf(schema);
  const random = seededRandom(SEED);
  const known = database.map((track) => extractFeatures(track, layout));
  const asked = queries.map((track) => {
    const frames = Int32Array.from({ length: track.frameCount }, (_, f) => f);
    return bentRows(track, frames, layout, 1, random);
  });
  const normalisation = fitNormalisation(layout, known);
  for (const { rows } of [...known, ...asked]) normaliseRows(normalisation, rows);
  return { name, database: known, queries: asked };
}

/** Latents for a score: the database as it is, and queries whose path ahead a stick has bent. */
export function noisyLatents(
  name: string,
  encoder: Encoder,
  database: readonly MotionTrack[],
  queries: readonly MotionTrack[],
): EvaluatedRows {
  const random = seededRandom(SEED);
  const rowsOf = (track: MotionTrack, { latents, valid }: Latents): FeatureRows => ({
    frameCount: track.frameCount,
    dimension: encoder.dim,
    rows: latents,
    valid,
  });
  return {
    name,
    database: database.map((track) => rowsOf(track, databaseLatents(encoder, track))),
    queries: queries.map((track) =>
      rowsOf(track, queryLatents(encoder, track, bendByDraws(drawBends(track.frameCount, 1, random)))),
    ),
  };
}
