/**
 * Candidate answers of queries: those of query q are `start[q]` … `start[q + 1]` − 1.
 *
 * | array      | shape                | meaning                                          |
 * | ---------- | -------------------- | ------------------------------------------------ |
 * | `parts`    | [candidates, groups] | squared difference by group of weights            |
 * | `errors`   | [candidates]         | what choosing it costs, such as its FPE in cm     |
 * | `softness` | [queries]            | costs that lie this far apart are told apart       |
 */
export interface Candidates {
  readonly start: Int32Array;
  readonly groupCount: number;
  readonly parts: Float32Array;
  readonly errors: Float32Array;
  readonly softness: Float64Array;
}

/**
 * Mean error of a choice that takes a candidate with probability ∝ exp(−cost / softness), where a candidate's
 * cost is Σ factor · part; the gradient by the factors goes to `gradient`.
 *
 * As softness falls this becomes the error of the nearest candidate, which has no gradient of its own.
 *
 * @see J. Goldberger et al., "Neighbourhood Components Analysis" (2004), for soft neighbours.
 */
export function softError(candidates: Candidates, factors: Float64Array, gradient: Float64Array): number {
  const { start, groupCount, parts, errors, softness } = candidates;
  const queryCount = softness.length;
  const expected = new Float64Array(groupCount);
  const product = new Float64Array(groupCount);
  const costs = new Float64Array(widest(start));
  gradient.fill(0);
  let total = 0;
  for (let q = 0; q < queryCount; q++) {
    const first = start[q];
    const count = start[q + 1] - first;
    let least = Infinity;
    for (let c = 0; c < count; c++) {
      let cost = 0;
      for (let g = 0, at = (first + c) * groupCount; g < groupCount; g++) cost += factors[g] * parts[at + g];
      costs[c] = cost;
      if (cost < least) least = cost;
    }
    expected.fill(0);
    product.fill(0);
    let mass = 0;
    let error = 0;
    for (let c = 0; c < count; c++) {
      const chance = Math.exp((least - costs[c]) / softness[q]);
      if (chance < 1e-9) continue;
      mass += chance;
      error += chance * errors[first + c];
      for (let g = 0, at = (first + c) * groupCount; g < groupCount; g++) {
        expected[g] += chance * parts[at + g];
        product[g] += chance * parts[at + g] * errors[first + c];
      }
    }
    const mean = error / mass;
    total += mean;
    // d mean / d factor = −Cov(error, part) / softness
    for (let g = 0; g < groupCount; g++) {
      gradient[g] -= (product[g] / mass - (mean * expected[g]) / mass) / (softness[q] * queryCount);
    }
  }
  return total / queryCount;
}

function widest(start: Int32Array): number {
  let most = 0;
  for (let q = 1; q < start.length; q++) most = Math.max(most, start[q] - start[q - 1]);
  return most;
}
