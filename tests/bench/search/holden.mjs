/**
 * The search that others are measured by, in plain JavaScript: boxes around 16 and 64 rows on a fixed grid, row-major,
 * one number at a time with a look at the best cost after each.
 *
 * After the structure of D. Holden et al., "Learned Motion Matching" (2020), and its published code; written anew.
 */
const SMALL = 16;
const LARGE = 64;

export function holdenSearch({ rows, dimension, frameCount }, ranges) {
  const boxesOf = (size) => {
    const count = Math.ceil(frameCount / size);
    const low = new Float32Array(count * dimension).fill(Infinity);
    const high = new Float32Array(count * dimension).fill(-Infinity);
    for (let row = 0; row < frameCount; row++) {
      const box = Math.floor(row / size) * dimension;
      for (let k = 0; k < dimension; k++) {
        const value = rows[row * dimension + k];
        low[box + k] = Math.min(low[box + k], value);
        high[box + k] = Math.max(high[box + k], value);
      }
    }
    return { low, high };
  };
  const small = boxesOf(SMALL);
  const large = boxesOf(LARGE);
  const boxDistance = ({ low, high }, box, query, limit) => {
    let sum = 0;
    for (let k = 0, at = box * dimension; k < dimension; k++, at++) {
      const value = query[k];
      const away = value < low[at] ? low[at] - value : value > high[at] ? value - high[at] : 0;
      sum += away * away;
      if (sum >= limit) break;
    }
    return sum;
  };
  const rowDistance = (row, query, limit) => {
    let sum = 0;
    for (let k = 0, at = row * dimension; k < dimension; k++, at++) {
      const away = query[k] - rows[at];
      sum += away * away;
      if (sum >= limit) break;
    }
    return sum;
  };

  /** The nearest row; `continuing` is one to begin with, or −1. */
  return (query, continuing) => {
    let best = continuing;
    let cost = continuing < 0 ? Infinity : rowDistance(continuing, query, Infinity);
    for (const { from, to } of ranges) {
      for (let row = from; row < to; ) {
        const outer = Math.floor(row / LARGE);
        const outerEnd = Math.min((outer + 1) * LARGE, to);
        if (boxDistance(large, outer, query, cost) >= cost) {
          row = outerEnd;
          continue;
        }
        while (row < outerEnd) {
          const inner = Math.floor(row / SMALL);
          const innerEnd = Math.min((inner + 1) * SMALL, outerEnd);
          if (boxDistance(small, inner, query, cost) >= cost) {
            row = innerEnd;
            continue;
          }
          for (; row < innerEnd; row++) {
            const distance = rowDistance(row, query, cost);
            if (distance < cost) {
              cost = distance;
              best = row;
            }
          }
        }
      }
    }
    return best;
  };
}
