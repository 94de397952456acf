import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

const HOLDEN = layoutOf(BUILT_IN_SCHEMAS.holden());
const UE54 = layoutOf(BUILT_IN_SCHEMAS.ue54());

const pathLayout = layoutOf(
  parseFeatureSchema({
    name: 'path',
    channels: [
      {
        type: 'trajectory',
        samples: [-0.4, -0.2, 0.2, 0.4, 0.6].map((time) => ({ time, position: true })),
      },
      { type: 'trajectory', samples: [{ time: 0, velocity: true, facing: true }] },
    ],
  }),
);

describe('extractFeatures', () => {
  it('refuses a schema that asks for a joint the track lacks, and names it', () => {
    const layout = layoutOf(
      parseFeatureSchema({ name: 'hands', channels: [{ type: 'pose', joints: [{ role: 'handL' }] }] }),
    );
    expect(() => extractFeatures(madeWalk(), layout)).toThrow(
      expect.objectContaining({
        code: 'motion/missing-role',
        data: expect.objectContaining({ missing: ['handL'] }),
      }),
    );
  });

  it('refuses NaN by role and frame', () => {
    const walk = madeWalk({ frames: 40 });
    walk.positions[3 * LEG_ROLES.length * 7 + 3 * LEG_ROLES.indexOf('footR') + 1] = Number.NaN;
    expect(() => extractFeatures(walk, HOLDEN)).toThrow(
      expect.objectContaining({ code: 'motion/not-finite', data: { clip: 'walk', role: 'footR', frame: 7 } }),
    );
  });

  it('gives a clip of one frame finite numbers, no speed, and no valid frame', () => {
    const { rows, valid } = extractFeatures(madeWalk({ frames: 1 }), HOLDEN);
    expect([...valid]).toEqual([0]);
    expect(rows.every(Number.isFinite)).toBe(true);
    expect([...rows.subarray(6, 15)].every((value) => value === 0)).toBe(true);
    const stretched = extractFeatures(madeWalk({ frames: 1 }), UE54, { ends: 'extrapolate' });
    expect([...stretched.valid]).toEqual([1]);
    expect(stretched.rows.every(Number.isFinite)).toBe(true);
  });

  it('marks only frames whose past and future lie inside the clip', () => {
    const { valid } = extractFeatures(madeWalk({ frames: 61 }), HOLDEN);
    expect([...valid].map((v, f) => (v ? f : -1)).filter((f) => f >= 0)).toEqual(
      Array.from({ length: 30 }, (_, k) => k + 1),
    );
    expect(extractFeatures(madeWalk({ frames: 31 }), HOLDEN).valid.every((v) => v === 0)).toBe(true);
    expect(extractFeatures(madeWalk({ frames: 32 }), HOLDEN).valid.indexOf(1)).toBe(1);
  });

  it('sees the same walk alike in every direction', () => {
    const expected = [0, -0.6, 0, -0.3, 0, 0.3, 0, 0.6, 0, 0.9, 0, 1.5, 0, 1];
    for (const heading of [0, Math.PI / 2, -2.2]) {
      const { rows } = extractFeatures(madeWalk({ heading }), pathLayout);
      expected.forEach((value, k) => {
        expect(rows[30 * 14 + k]).toBeCloseTo(value, 6);
      });
    }
  });

  it('is blind to place and heading (property)', () => {
    const straight = extractFeatures(madeWalk({ turn: 0.7, cadence: 2 }), UE54).rows;
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (heading) => {
        const { rows } = extractFeatures(madeWalk({ turn: 0.7, cadence: 2, heading }), UE54);
        expect(Math.max(...rows.map((value, k) => Math.abs(value - straight[k])))).toBeLessThan(1e-5);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  it('walks on straight beyond the ends, whether those frames may be answered with or not', () => {
    const walk = madeWalk({ frames: 61, speed: 1.5 });
    const last = 60 * HOLDEN.dimension;
    const masked = extractFeatures(walk, HOLDEN);
    const extrapolated = extractFeatures(walk, HOLDEN, { ends: 'extrapolate' });
    expect(extrapolated.rows).toEqual(masked.rows);
    expect(extrapolated.valid.every((v) => v === 1)).toBe(true);
    expect(extrapolated.rows[last + 20]).toBeCloseTo(1.5, 6);
    // The feet's last velocity is one-sided: a gliding body keeps its speed to the end.
    expect(extrapolated.rows[last + 8]).toBeCloseTo(1.5, 6);
  });

  it('leaves out the last 0.3 s as Unreal does', () => {
    const { valid } = extractFeatures(madeWalk({ frames: 61 }), UE54, { ends: 'unreal' });
    expect(valid.lastIndexOf(1)).toBe(51);
    expect(valid.indexOf(1)).toBe(0);
    expect(extractFeatures(madeWalk({ frames: 9 }), UE54, { ends: 'unreal' }).valid.includes(1)).toBe(false);
  });

  it('tells world from character velocity: a gliding foot stands still in its own frame', () => {
    const velocity = (space: string) =>
      layoutOf(parseFeatureSchema({ name: space, channels: [{ type: 'velocity', role: 'footL', space }] }));
    const walk = madeWalk({ turn: 1, speed: 2 });
    const world = extractFeatures(walk, velocity('world')).rows.subarray(90, 93);
    const own = extractFeatures(walk, velocity('character')).rows.subarray(90, 93);
    // The left foot of a body that turns left about (heading grows towards +X, its left) moves slower.
    expect(world[2]).toBeCloseTo(2 - 0.09, 1);
    expect(Math.hypot(own[0], own[1], own[2])).toBeLessThan(0.01);
  });

  it('reads between frames in a straight line', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'half',
        channels: [{ type: 'position', role: 'footL', time: 0.35, keep: 'ground' }],
      }),
    );
    const { rows } = extractFeatures(madeWalk({ speed: 2 }), layout);
    expect(rows[2 * 20]).toBeCloseTo(0.09, 6);
    expect(rows[2 * 20 + 1]).toBeCloseTo(0.7, 6);
  });

  it('sees a joint from another joint, in the root’s frame', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'from',
        channels: [
          { type: 'position', role: 'footL', originRole: 'footR' },
          { type: 'position', role: 'footL', originTime: 0.5 },
          { type: 'position', time: 0.5 },
        ],
      }),
    );
    const { rows } = extractFeatures(madeWalk({ speed: 2, heading: 1 }), layout);
    [0.18, 0, 0, 0.09, 0, -1, 0, 0, 1].forEach((value, k) => {
      expect(rows[9 * 20 + k]).toBeCloseTo(value, 6);
    });
  });

  it('looks back over the seconds it is told to, and ahead at the start', () => {
    const still = madeWalk({ frames: 40, speed: 0 });
    const at = 3 * LEG_ROLES.indexOf('footL');
    for (let f = 0; f < 40; f++) still.positions[3 * LEG_ROLES.length * f + at + 1] = (f / 30) ** 2;
    const { rows } = extractFeatures(
      still,
      layoutOf(
        parseFeatureSchema({
          name: 'back',
          velocityOver: 1 / 60,
          channels: [{ type: 'velocity', role: 'footL', keep: 'height' }],
        }),
      ),
    );
    expect(rows[20]).toBeCloseTo(39 / 30, 6);
    expect(rows[0]).toBeCloseTo(1 / 30, 6);
  });

  it('gives the direction of a velocity alone, and none where nothing moves', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'direction',
        channels: [{ type: 'trajectory', samples: [{ time: 0.2, velocityDirection: true }] }],
      }),
    );
    const walks = extractFeatures(madeWalk({ speed: 0.3 }), layout).rows.subarray(40, 42);
    expect([...walks].map((value) => Math.round(1e5 * value) / 1e5)).toEqual([0, 1]);
    expect([...extractFeatures(madeWalk({ speed: 0 }), layout).rows.subarray(40, 42)]).toEqual([0, 0]);
  });

  it('never reads from a neighbouring clip: rows depend on the track alone', () => {
    const whole = madeWalk({ frames: 90, turn: 0.5 });
    const cut = makeMotionTrack('cut', LEG_ROLES, whole.positions.slice(0, 60 * 3 * LEG_ROLES.length), 30);
    const backing = new Float64Array(whole.positions);
    backing.fill(1e9, 60 * 3 * LEG_ROLES.length);
    const view = makeMotionTrack('view', LEG_ROLES, backing.subarray(0, 60 * 3 * LEG_ROLES.length), 30);
    expect(extractFeatures(view, HOLDEN).rows).toEqual(extractFeatures(cut, HOLDEN).rows);
  });
});
