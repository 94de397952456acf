import { expect, it } from 'vitest';
import { curatedRows } from '../../../src/motion/curate/curated-rows.js';
import { scoreRetrieval } from '../../../src/motion/evaluate/score-retrieval.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeWalk } from '../made-tracks.js';

const walks = (speeds: readonly number[]) =>
  speeds.map((speed, c) => madeWalk({ name: `${speed}`, frames: 120, speed, cadence: 2, heading: c }));

it('scores what a pruned database retrieves: all of it as well as the whole, a third of it worse', () => {
  // One clip is too short for a row of its own, and is no harm.
  const database = [
    ...walks([0.8, 1.1, 1.4]),
    madeWalk({ name: 'short', frames: 20 }),
    ...walks([1.7, 2, 2.3]),
  ];
  const queries = walks([0.9, 1.3, 2.1]);
  const schema = BUILT_IN_SCHEMAS['hand-made']();
  const rows = (maxFrames: number) => curatedRows(`${maxFrames}`, database, queries, schema, { maxFrames });
  const labelled = (tracks: typeof database) => tracks.map((track) => ({ track, label: '' }));
  const { methods } = scoreRetrieval({
    database: labelled(database),
    queries: labelled(queries),
    latents: [rows(10_000), rows(200)],
  });
  const fpe = Object.fromEntries(methods.map((score) => [score.method, score.fpe]));
  expect(fpe['10000']).toBeCloseTo(fpe['hand-made (unit weights)'], 1);
  expect(fpe['200']).toBeGreaterThan(fpe['10000']);
  const usable = rows(200).database.reduce((sum, { valid }) => sum + valid.filter((v) => v === 1).length, 0);
  expect(usable).toBeLessThanOrEqual(200);
  expect(usable).toBeGreaterThan(60);
});
