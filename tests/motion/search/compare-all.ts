import type { MotionDatabase } from '../../../src/motion/database/database.js';
import type { SearchOptions } from '../../../src/motion/search/options.js';

/** What comparing every frame gives, written down as the documentation says it: rows and costs, best first. */
export function compareAll(
  database: MotionDatabase,
  query: Float32Array,
  options: SearchOptions = {},
): { row: number; cost: number; isContinuing: boolean }[] {
  const { rows, dimension, blocks, clips, valid, tags, tagMask, rateHz } = database;
  const { count = 1, transitionCost = 0, apartSeconds = 0 } = options;
  const rowOf = (at: { clip: number; frame: number }): number => clips[at.clip].start + at.frame;
  const clipOf = (row: number): number =>
    clips.findIndex(({ start, frameCount }) => row < start + frameCount);
  const isNear = (row: number, other: number, seconds: number): boolean =>
    row === other || (clipOf(row) === clipOf(other) && Math.abs(row - other) / rateHz < seconds - 1e-9);
  const has = (row: number, tag: string): boolean => ((tagMask[row] >>> tags.indexOf(tag)) & 1) === 1;
  const isTagged = (row: number): boolean =>
    (options.requiredTags ?? []).every((tag) => has(row, tag)) &&
    !(options.forbiddenTags ?? []).some((tag) => has(row, tag));
  const weightOf = blocks.flatMap(({ size }, b) =>
    new Array<number>(size).fill(Math.fround(options.weights?.[b] ?? 1)),
  );
  // Summed by four, the last ones one by one.
  const distance = (row: number): number => {
    const parts = weightOf.map((weight, k) => weight * (rows[row * dimension + k] - query[k]) ** 2);
    let sum = 0;
    while (parts.length >= 4) sum += parts.splice(0, 4).reduce((a, b) => a + b);
    return parts.reduce((a, b) => a + b, sum);
  };
  const continuing = options.continuing ? rowOf(options.continuing) : -1;
  const own = database.continuingBias[continuing];
  const byDefault = options.unrealBiases ? -0.01 : 0;
  const continuingBias = Number.isNaN(own) ? (options.continuingBias ?? byDefault) : own;
  const bias = (row: number): number =>
    database.costBias[row] + (options.unrealBiases && clips[clipOf(row)].loops ? -0.005 : 0);

  const standing: { row: number; cost: number; isContinuing: boolean }[] = [];
  for (let row = 0; row < valid.length; row++) {
    if (!isTagged(row)) continue;
    if (row === continuing) {
      if (valid[row] === 0) continue;
      standing.push({
        row,
        cost: distance(row) + (bias(row) + continuingBias),
        isContinuing: true,
      });
      continue;
    }
    if (valid[row] !== 1) continue;
    if (options.exclude && isNear(row, rowOf(options.exclude), options.excludeSeconds ?? 0)) continue;
    standing.push({
      row,
      cost: distance(row) + (bias(row) + transitionCost),
      isContinuing: false,
    });
  }
  standing.sort(
    (a, b) => a.cost - b.cost || Number(b.isContinuing) - Number(a.isContinuing) || a.row - b.row,
  );
  const answers: typeof standing = [];
  for (const next of standing) {
    if (answers.length === count) break;
    if (!answers.some(({ row }) => isNear(next.row, row, apartSeconds))) answers.push(next);
  }
  return answers;
}
