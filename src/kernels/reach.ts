/**
 * Offers row `row`, which may be within the limit.
 *
 * Gives the limit from then on: rows whose squared distance plus bias is above it are not wanted.
 */
export type Visit = (row: number) => number;

/** How far a search still has to look. */
export interface Reach {
  /** The squared distance, in float32, above which rows with at least this bias are beyond the limit for sure. */
  within(leastBias: number): number;
  offer(row: number): void;
  /** What is left of the limit. */
  limit(): number;
}

/**
 * The reach of a search for rows of `columnCount` columns.
 *
 * `slack` is by how much the distance of turned rows may differ from that of the rows themselves. What float32
 * rounds is allowed for: twice the error of a sum of squares.
 */
export function makeReach(columnCount: number, limit: number, slack: number, visit: Visit): Reach {
  const factor = 1 + (2 * columnCount + 16) * 2 ** -23;
  const widened = (room: number): number => {
    if (!(room >= 0)) return -1;
    const radius = Math.sqrt(room) + slack;
    return Math.fround(radius * radius * factor + 1e-37);
  };
  let left = limit;
  let plain = widened(left);
  return {
    within: (leastBias) => (leastBias === 0 ? plain : widened(left - leastBias)),
    offer: (row) => {
      left = visit(row);
      plain = widened(left);
    },
    limit: () => left,
  };
}
