import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLIP_VERSION, type Clip, decodeClip } from '../../src/clip/index.js';

const file = (version: number): URL => new URL(`clip-v${version}.gwclip`, import.meta.url);

/** What every kept file holds, whatever version wrote it. */
const EXPECTED: Omit<Clip, 'attributes'> = {
  name: 'nod',
  skeleton: {
    joints: [
      {
        name: 'root',
        parent: -1,
        restTranslation: [0, 1, 0],
        restRotation: [0, 0, 0, 1],
        restScale: [1, 1, 1],
        sourceName: 'root',
      },
      {
        name: 'head_2',
        parent: 0,
        restTranslation: [0, 0.5, 0.125],
        restRotation: [0.6, 0, 0, 0.8],
        restScale: [1, 1, 1],
        sourceName: 'head',
        endOffset: [0, 0.25, 0],
      },
    ],
  },
  rate: { numerator: 30000, denominator: 1001 },
  frameCount: 2,
  rotations: Float64Array.of(0, 0, 0, 1, 0.6, 0, 0, 0.8, 0, 0.6, 0, 0.8, 0.6, 0, 0, 0.8),
  translations: Float64Array.of(0, 1, 0, 0, 0.5, 0.125, 0.1, 1, -0.2, 0, 0.5, 0.125),
  curves: [{ name: 'smile', values: Float64Array.of(0, 0.75) }],
  events: [{ name: 'step', time: 0.03, duration: 0 }],
  source: {
    file: 'nod.bvh',
    format: 'bvh',
    take: '',
    unitMetres: 0.01,
    axes: 'Y up',
    rate: { numerator: 30000, denominator: 1001 },
    guesses: ['The unit was guessed.'],
  },
  warnings: [{ code: 'skeleton/duplicate-name', message: 'Two joints are called "head".', joint: 'head_2' }],
};

/** What versions since added. */
const ADDED: readonly (readonly [since: number, part: Partial<Clip>, before: Partial<Clip>])[] = [
  [
    2,
    {
      attributes: [
        { joint: '', name: 'performer', value: { name: 'A', takes: [1, 2] } },
        { joint: 'head_2', name: 'mass', value: 4.5 },
      ],
    },
    { attributes: [] },
  ],
];

function expected(version: number): object {
  const clip: object = { ...EXPECTED };
  for (const [since, part, before] of ADDED) Object.assign(clip, version >= since ? part : before);
  return clip;
}

describe('kept .gwclip files', () => {
  it('has one file of every version', () => {
    for (let version = 1; version <= CLIP_VERSION; version++) expect(existsSync(file(version))).toBe(true);
  });

  it.each(Array.from({ length: CLIP_VERSION }, (_, v) => v + 1))('reads version %i', (version) => {
    expect(decodeClip(readFileSync(file(version)))).toEqual(expected(version));
  });
});
