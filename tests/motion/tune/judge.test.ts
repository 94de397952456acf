import { describe, expect, it } from 'vitest';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { judgeByLatents, judgeByTruth } from '../../../src/motion/tune/judge.js';
import { makeQuestions } from '../../../src/motion/tune/questions.js';
import { madeWalk } from '../made-tracks.js';

const tracks = [0, 1, 2].map((c) => madeWalk({ name: `walk ${c}`, frames: 60 + c, speed: 1 + c }));
const schema = parseFeatureSchema({ name: 'heading', channels: [{ type: 'heading', time: 0.5, weight: 1 }] });
const questions = makeQuestions(tracks, schema, { count: 5, noiseShare: 0, seed: 1 });
const { clip, frame } = questions.scored.samples;

describe('judgeByLatents', () => {
  /** The database says clip and frame; queries are two frames late. */
  const latentsOf = (late: number) =>
    tracks.map(({ frameCount }, c) =>
      Float32Array.from({ length: 2 * frameCount }, (_, k) => (k % 2 ? 1000 * c : (k >> 1) + late)),
    );
  const judge = judgeByLatents({ dim: 2, database: latentsOf(0), queries: latentsOf(2) }, questions);

  it('costs the distance from the latent of the question, a query, to that of the sample, of the database', () => {
    const own = questions.samples[3];
    const other = clip.findIndex((c, i) => c === clip[own] && frame[i] === frame[own] - 5);
    const pairs = [
      [3, own],
      [3, other],
    ] as const;
    expect([...judge.costs(pairs, [])]).toEqual([2, 7]);
  });

  it('finds its own nearest answers in the other clips', () => {
    const nearest = judge.nearest?.(3) ?? [];
    expect(nearest).toHaveLength(5);
    nearest.forEach((answers, q) => {
      const own = questions.samples[q];
      expect([...answers].every((i) => Math.abs(clip[i] - clip[own]) === 1)).toBe(true);
      const last = Math.max(...frame.filter((_, i) => clip[i] === clip[answers[0]]));
      expect(frame[answers[0]]).toBe(Math.min(frame[own] + 2, last));
    });
  });
});

it('judgeByTruth adds jump and turn to the future error at their worth', () => {
  const choice = { fpe: 4, jump: 2, turn: 10 };
  expect([...judgeByTruth({ jump: 0.5, turn: 0.1 }).costs([[0, 0]], [choice])]).toEqual([6]);
});
