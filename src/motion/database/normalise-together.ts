import { GaitwayError } from '../../errors.js';
import { layoutOf } from '../features/layout.js';
import { fitNormalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import type { MotionDatabase } from './database.js';

/**
 * The databases with one mean and one scale, fitted to all of their frames together, so that their costs compare
 * (Unreal: a NormalizationSet). Rows are taken back to what they were and normalised anew; nothing else changes.
 *
 * @throws GaitwayError `database/other-schema` where they do not compare the same numbers, or hold latents.
 */
export function normaliseTogether(databases: readonly MotionDatabase[]): MotionDatabase[] {
  const [first] = databases;
  if (!first) return [];
  const schema = schemaOf(first);
  for (const database of databases) requireAlike(schema, database);
  const layout = layoutOf(schema);
  const raw = databases.map(({ rows, mean, factor, frameCount, dimension, valid }) => ({
    frameCount,
    dimension,
    valid,
    // What never changed has no factor and is its mean.
    rows: rows.map((value, k) => {
      const column = k % dimension;
      return factor[column] === 0 ? mean[column] : value / factor[column] + mean[column];
    }),
  }));
  const { mean, factor, flat } = fitNormalisation(layout, raw);
  return databases.map((database, d) => {
    const { rows } = raw[d];
    normaliseRows({ mean, factor }, rows);
    return {
      ...database,
      content: { kind: 'features', schema: schemaOf(database), flat },
      rows,
      mean: mean.slice(),
      factor: factor.slice(),
    };
  });
}

function schemaOf({ content }: MotionDatabase): FeatureSchema {
  if (content.kind === 'features') return content.schema;
  throw new GaitwayError(
    'database/other-schema',
    'A database of latents has no scales to share; only databases of features are normalised together.',
  );
}

/** Schemas compare the same numbers where they differ in nothing but their names. */
function requireAlike(schema: FeatureSchema, other: MotionDatabase): void {
  const nameless = (own: FeatureSchema): string => JSON.stringify({ ...own, name: '', rateHz: 0 });
  const own = schemaOf(other);
  if (nameless(own) === nameless(schema)) return;
  throw new GaitwayError(
    'database/other-schema',
    `The schemas "${schema.name}" and "${own.name}" differ, so their numbers have no scale in common; build both databases with one schema.`,
    { schema: schema.name, other: own.name },
  );
}
