/** The nearest few of what is offered, the first among equals. */
export interface NearestFew {
  /** Gives the distance above which nothing is taken any more. */
  offer(row: number, distance: number): number;
  limit(): number;
  /** In no particular order. */
  rows(): readonly number[];
}

/** Keeps the nearest `count` in a heap, the farthest on top. */
export function makeNearestFew(count: number): NearestFew {
  const rows: number[] = [];
  const distances: number[] = [];
  const isFarther = (a: number, b: number): boolean =>
    distances[a] > distances[b] || (distances[a] === distances[b] && rows[a] > rows[b]);
  const swap = (a: number, b: number): void => {
    [rows[a], rows[b]] = [rows[b], rows[a]];
    [distances[a], distances[b]] = [distances[b], distances[a]];
  };
  const limit = (): number => (rows.length < count ? Infinity : distances[0]);

  return {
    offer(row, distance) {
      if (rows.length < count) {
        rows.push(row);
        distances.push(distance);
        for (let at = rows.length - 1; at > 0; ) {
          const parent = (at - 1) >> 1;
          if (!isFarther(at, parent)) break;
          swap(at, parent);
          at = parent;
        }
      } else if (distance < distances[0] || (distance === distances[0] && row < rows[0])) {
        rows[0] = row;
        distances[0] = distance;
        for (let at = 0; ; ) {
          const left = 2 * at + 1;
          if (left >= count) break;
          const child = left + 1 < count && isFarther(left + 1, left) ? left + 1 : left;
          if (!isFarther(child, at)) break;
          swap(child, at);
          at = child;
        }
      }
      return limit();
    },
    limit,
    rows: () => rows,
  };
}
