import { expect, it } from 'vitest';
import * as bridge from '../../src/bridge/index.js';
import { makeRate } from '../../src/clip/index.js';
import { seededRandom } from '../../src/math/random.js';
import { PLUGIN } from '../bridge/opened-stand-in.js';

interface Report {
  readonly kinds: readonly { readonly kind: string; readonly faults: number }[];
  readonly pushes: readonly { readonly end: string; readonly count: number }[];
  readonly findings: readonly string[];
}
const { chaosLink } = (await import(new URL('./link.mjs', import.meta.url).href)) as {
  chaosLink(parts: object, options: object): Promise<Report>;
};

it('loses no write without a word and doubles none, two faults of every kind', async () => {
  const { kinds, pushes, findings } = await chaosLink(
    { bridge, makeRate, seededRandom, plugin: PLUGIN },
    { faults: 24, seed: 7 },
  );
  expect(findings).toEqual([]);
  expect(kinds.map(({ faults }) => faults)).toEqual(kinds.map(() => 2));
  expect(pushes.find(({ end }) => end === 'done')?.count).toBeGreaterThan(0);
}, 180_000);
