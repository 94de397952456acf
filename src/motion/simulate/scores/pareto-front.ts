/** Which points are on the Pareto front: no other is as good in both numbers (less is better) and better in one. */
export const paretoFront = (points: readonly (readonly [number, number])[]): boolean[] =>
  points.map(([x, y]) => !points.some(([a, b]) => a <= x && b <= y && (a < x || b < y)));
