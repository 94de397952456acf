import { describe, expect, it } from 'vitest';
import { type JobKind, runJobs } from '../../src/jobs/index.js';

const halving: JobKind<number, number> = {
  run: async (n) => {
    if (n % 2 !== 0) throw new Error(`${n} is odd`);
    return n / 2;
  },
  module: new URL('./halve.mjs', import.meta.url),
  name: 'halve',
};

describe.each([
  ['here', 1],
  ['in threads', 3],
])('jobs %s', (_, threads) => {
  it('gives outcomes in the order of inputs, and a job that throws stops no other', async () => {
    const seen: number[] = [];
    const outcomes = await runJobs(halving, [2, 3, 4, 10], {
      threads,
      onDone: (_outcome, input) => seen.push(input),
    });
    expect(outcomes.map((o) => (o.state === 'done' ? o.result : o.state))).toEqual([1, 'crashed', 2, 5]);
    expect(seen.sort((a, b) => a - b)).toEqual([2, 3, 4, 10]);
  });

  it('begins nothing once it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const outcomes = await runJobs(halving, [2, 4], { threads, signal: abort.signal });
    expect(outcomes.map((o) => o.state)).toEqual(['cancelled', 'cancelled']);
  });

  it('cancelled on the way, leaves the rest undone and keeps what is done', async () => {
    const abort = new AbortController();
    const outcomes = await runJobs(halving, [2, 4, 6, 8, 10, 12, 14, 16], {
      threads,
      signal: abort.signal,
      onDone: () => abort.abort(),
    });
    expect(outcomes[0]).toEqual({ state: 'done', result: 1 });
    expect(outcomes.at(-1)).toEqual({ state: 'cancelled' });
  });

  it('no inputs, no outcomes', async () => {
    expect(await runJobs(halving, [], { threads })).toEqual([]);
  });
});
