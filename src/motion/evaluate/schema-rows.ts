import { extractFeatures } from '../features/extract.js';
import { layoutOf } from '../features/layout.js';
import { fitNormalisation, type Normalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import type { Scored } from './measure.js';
import { gatherRows, type SampleRows } from './samples.js';

/** Raw rows of the samples under a schema. */
export function rawSchemaRows(schema: FeatureSchema, { tracks, samples }: Scored): SampleRows {
  const layout = layoutOf(schema);
  return gatherRows(
    tracks,
    samples,
    tracks.map((track) => extractFeatures(track, layout)),
  );
}

/** Fits the normalisation to the database's usable samples and applies it to their rows, in place. */
export function normaliseDatabase(
  schema: FeatureSchema,
  { rows, usable, dimension }: SampleRows,
): Normalisation {
  const normalisation = fitNormalisation(layoutOf(schema), [
    { frameCount: usable.length, dimension, rows, valid: usable },
  ]);
  normaliseRows(normalisation, rows);
  return normalisation;
}
