import { expect, it } from 'vitest';
import { principalComponents, projectRows } from '../../src/math/principal-components.js';
import { seededRandom } from '../../src/math/random.js';

it('finds the directions that made the rows, largest first, and reads every k-th of many', () => {
  const random = seededRandom(2);
  const n = 20_000;
  const rows = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) {
    const [a, b] = [3 * random.normal(), random.normal()];
    rows[3 * i] = 0.6 * a - 0.8 * b;
    rows[3 * i + 1] = 0.8 * a + 0.6 * b;
  }
  const { matrix, count } = principalComponents(rows, 3, 9);
  expect(count).toBe(3);
  expect(Math.abs(matrix[0] - 0.6)).toBeLessThan(0.01);
  expect(Math.abs(matrix[3] - 0.8)).toBeLessThan(0.01);
  const projected = projectRows(rows, 3, matrix, count);
  let away = 0;
  for (let i = 0; i < n; i++) {
    const before = Math.hypot(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]);
    away = Math.max(away, Math.abs(Math.hypot(...projected.subarray(3 * i, 3 * i + 3)) - before));
  }
  expect(away).toBeLessThan(1e-5);
});
