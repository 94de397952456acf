import { describe, expect, it } from 'vitest';
import { decodeTags, spansOfLabels } from '../../../src/motion/tagging/decode-tags.js';
import { scoreTags } from '../../../src/motion/tagging/score-tags.js';
import { type TagGroup, UNKNOWN } from '../../../src/motion/tagging/tag-groups.js';

const FOOT: TagGroup[] = [{ name: 'contact-left', tags: ['contact-left'], optional: true }];
const shares = (of: readonly number[]): Float32Array => Float32Array.from(of.flatMap((p) => [p, 1 - p]));

describe('decodeTags', () => {
  it('takes out a flicker and keeps a short stretch that it is sure of', () => {
    const doubtful = [0.01, 0.01, 0.6, 0.01, 0.01];
    expect(decodeTags(FOOT, shares(doubtful), 5)[0]).toEqual(Uint8Array.of(1, 1, 1, 1, 1));
    const sure = [0.01, 0.99, 0.99, 0.99, 0.01];
    expect(decodeTags(FOOT, shares(sure), 5)[0]).toEqual(Uint8Array.of(1, 0, 0, 0, 1));
  });

  it('gives stretches with their first and last frames', () => {
    expect(spansOfLabels(FOOT, [Uint8Array.of(0, 0, 1, UNKNOWN, 0)])).toEqual([
      { tag: 'contact-left', first: 0, last: 1 },
      { tag: 'contact-left', first: 4, last: 4 },
    ]);
  });

  it('gives nothing for a clip without frames', () => {
    expect(decodeTags(FOOT, new Float32Array(0), 0)[0]).toHaveLength(0);
  });
});

describe('scoreTags', () => {
  const truth = Uint8Array.from('1111000011110000', Number);

  it('finds changes within two frames and no further', () => {
    const near = Uint8Array.from('1100000011111100', Number);
    const far = Uint8Array.from('1000000011111110', Number);
    const of = (found: Uint8Array) => scoreTags(FOOT, [{ found: [found], truth: [truth] }])[0];
    expect(of(truth)).toMatchObject({ accuracy: 1, clipAccuracy: 1, tags: [{ f1: 1, changeF1: 1 }] });
    expect(of(near).tags[0].changeF1).toBe(1);
    expect(of(near).accuracy).toBe(12 / 16);
    expect(of(far).tags[0].changeF1).toBeCloseTo(1 / 3);
  });

  it('leaves out what nobody knows', () => {
    const unknown = new Uint8Array(16).fill(UNKNOWN);
    expect(scoreTags(FOOT, [{ found: [truth], truth: [unknown] }])).toEqual([]);
  });
});
