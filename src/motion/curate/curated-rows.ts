import { buildDatabase } from '../database/build.js';
import type { EvaluatedRows } from '../evaluate/score-retrieval.js';
import { extractFeatures, type FeatureRows } from '../features/extract.js';
import { layoutOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import { type CurateOptions, curateDatabase } from './curate-database.js';

/**
 * Rows for a score of what a pruned database retrieves: the same rows as those of the whole one, usable where
 * they were kept.
 *
 * @throws GaitwayError those of `buildDatabase` and `curateDatabase`.
 */
export function curatedRows(
  name: string,
  database: readonly MotionTrack[],
  queries: readonly MotionTrack[],
  schema: FeatureSchema,
  options: CurateOptions,
): EvaluatedRows {
  const layout = layoutOf(schema);
  // Clips are known again by their place in the list: those without a usable frame are left out.
  const sources = database.map((track, c) => ({ track, source: String(c), joints: [], roles: {} }));
  const whole = buildDatabase(sources, schema, { ends: 'mask' }).database;
  const kept = curateDatabase(whole, options);
  const known = database.map((track) => extractFeatures(track, layout));
  for (const { valid } of known) valid.fill(0);
  for (const { source, start, firstFrame, frameCount } of kept.database.clips) {
    known[Number(source)].valid.set(
      kept.database.valid.subarray(start, start + frameCount).map((value) => (value === 1 ? 1 : 0)),
      firstFrame,
    );
  }
  const asked: FeatureRows[] = queries.map((track) => extractFeatures(track, layout));
  for (const { rows } of [...known, ...asked]) normaliseRows(whole, rows);
  return { name, database: known, queries: asked };
}
