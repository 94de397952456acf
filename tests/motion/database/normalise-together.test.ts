import { describe, expect, it } from 'vitest';
import { buildDatabase, buildLatentDatabase } from '../../../src/motion/database/build.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import { normaliseTogether } from '../../../src/motion/database/normalise-together.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';

const walk = madeSource({ name: 'walk', cadence: 2, turn: 0.4, frames: 90 });
const idle = madeSource({ name: 'idle', speed: 0, frames: 70 });
const code = (name: string) => expect.objectContaining({ code: name });

describe.each(['holden', 'ue54'])('normaliseTogether, %s', (name) => {
  const schema = BUILT_IN_SCHEMAS[name]();
  const build = (...sources: (typeof walk)[]): MotionDatabase => buildDatabase(sources, schema).database;

  it('gives several databases the numbers that one of all their clips has', () => {
    const [a, b] = normaliseTogether([build(walk), build(idle)]);
    const whole = build(walk, idle);
    expect(a.mean).toEqual(b.mean);
    whole.factor.forEach((value, k) => {
      expect(a.factor[k]).toBeCloseTo(value, 4);
    });
    [...a.rows, ...b.rows].forEach((value, k) => {
      // Masked frames of what did not change in one of them alone are not known any more.
      if (whole.valid[Math.floor(k / whole.dimension)] === 1) expect(value).toBeCloseTo(whole.rows[k], 4);
    });
  });

  it('does nothing to a database by itself', () => {
    const alone = build(walk);
    const [again] = normaliseTogether([alone]);
    again.rows.forEach((value, k) => {
      expect(value).toBeCloseTo(alone.rows[k], 4);
    });
    expect(normaliseTogether([])).toEqual([]);
  });
});

it('refuses databases that do not compare the same numbers', () => {
  const holden = buildDatabase([walk], BUILT_IN_SCHEMAS.holden()).database;
  const other = buildDatabase([walk], BUILT_IN_SCHEMAS['hand-made']()).database;
  expect(() => normaliseTogether([holden, other])).toThrow(code('database/other-schema'));
  const rows = {
    frameCount: 90,
    dimension: 1,
    rows: new Float32Array(90),
    valid: new Uint8Array(90).fill(1),
  };
  const latents = buildLatentDatabase([walk], [rows], 'linear').database;
  expect(() => normaliseTogether([holden, latents])).toThrow(code('database/other-schema'));
});
