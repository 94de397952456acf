import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { BestRow, Contest } from './best-row.js';
import type { Match } from './options.js';

/** The best row of a contest as an answer, its distance told apart by block. */
export function matchOf(
  database: MotionDatabase,
  { query, weights }: Contest,
  best: BestRow,
  isContinuing: boolean,
): Match {
  const { clips, rateHz, rows, dimension, blocks } = database;
  const row = best.row();
  const clip = clipOfRow(database, row);
  const frame = row - clips[clip].start;
  const costOfBlocks: number[] = [];
  for (let b = 0; b < blocks.length; b++) {
    const { offset, size } = blocks[b];
    let sum = 0;
    for (let k = offset; k < offset + size; k++) {
      const difference = rows[row * dimension + k] - query[k];
      sum += (weights ? weights[k] : 1) * (difference * difference);
    }
    costOfBlocks.push(sum);
  }
  return {
    clip,
    clipName: clips[clip].name,
    frame,
    row,
    time: frame / rateHz,
    cost: best.cost(),
    bias: best.bias(),
    isContinuing,
    costOfBlocks,
  };
}
