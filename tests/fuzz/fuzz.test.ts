import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, which also runs without a compiler
import { runFuzz } from './run-fuzz.mjs';

const SEED = 1;
const COUNT = 1000;

interface Report {
  readonly tried: number;
  readonly opened: number;
  readonly refused: ReadonlyMap<string, number>;
  readonly findings: readonly { readonly index: number; readonly file: string; readonly what: string }[];
}

it.each(['bvh', 'fbx', 'gltf', 'gwclip'])(
  'a thousand damaged %s files are opened or refused by code, soon and in little memory',
  async (format) => {
    const report: Report = await runFuzz({ format, seed: SEED, count: COUNT });
    expect(report.findings).toEqual([]);
    expect(report.tried).toBe(COUNT);
    // Both ends must be reached, or the damage is too light or too heavy to tell anything.
    expect(report.opened).toBeGreaterThan(COUNT / 50);
    expect(report.refused.size).toBeGreaterThan(2);
  },
  240_000,
);
