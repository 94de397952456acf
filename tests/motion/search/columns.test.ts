import { describe, expect, it } from 'vitest';
import { fitColumns } from '../../../src/motion/search/columns.js';
import { madeDatabase } from './made-database.js';

describe('fitColumns', () => {
  const { rows, dimension, blocks, frameCount } = madeDatabase({ blockSizes: [3, 6, 1] });
  const every = Uint32Array.from({ length: frameCount }, (_, row) => row);
  const { matrix, blocks: blockOf, error } = fitColumns(rows, dimension, blocks, every);
  const columns = matrix.length / dimension;
  const turned = (row: number): number[] =>
    Array.from({ length: columns }, (_, column) => {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += rows[row * dimension + k] * matrix[k * columns + column];
      return sum;
    });

  it('keeps each block’s share of a squared distance', () => {
    expect(columns).toBe(12);
    for (let row = 1; row < 300; row += 7) {
      const [a, b] = [turned(0), turned(row)];
      blocks.forEach(({ offset, size }, block) => {
        let before = 0;
        for (let k = offset; k < offset + size; k++) before += (rows[k] - rows[row * dimension + k]) ** 2;
        let after = 0;
        blockOf.forEach((own, column) => {
          if (own === block) after += (a[column] - b[column]) ** 2;
        });
        expect(Math.abs(Math.sqrt(after) - Math.sqrt(before))).toBeLessThan(error * 100);
      });
    }
  });

  it('puts the columns along which rows vary most first', () => {
    const spread = new Array<number>(dimension).fill(0);
    const mean = spread.map(
      (_, column) => every.reduce((sum, row) => sum + turned(row)[column], 0) / frameCount,
    );
    for (const row of every) {
      turned(row)
        .slice(0, dimension)
        .forEach((value, column) => {
          spread[column] += (value - mean[column]) ** 2;
        });
    }
    for (let column = 1; column < dimension; column++) {
      expect(spread[column]).toBeLessThanOrEqual(spread[column - 1] * (1 + 1e-6));
    }
  });

  it('survives no rows at all', () => {
    const empty = fitColumns(rows, dimension, blocks, new Uint32Array(0));
    expect(empty.matrix.every(Number.isFinite)).toBe(true);
  });
});
