import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { closeLoop } from '../../../src/motion/features/close-loop.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { mirrorTrack } from '../../../src/motion/features/mirror-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

/** Two steps a second make a cycle of 30 frames. */
const CYCLE = { cadence: 2, speed: 1.3, turn: 0.8, heading: 0.5 };

describe('closeLoop', () => {
  it.each([
    ['repeats its first pose at its end', 61],
    ['ends one frame before its first pose', 60],
  ])('closes a clip that %s', (_, frames) => {
    const loop = closeLoop(madeWalk({ ...CYCLE, frames }));
    expect(loop?.frameCount).toBe(60);
    expect(Math.atan2(loop?.loop?.sin ?? 0, loop?.loop?.cos ?? 0)).toBeCloseTo(0.8 * 2, 2);
  });

  it.each([
    ['in the middle of a step', { ...CYCLE, frames: 53 }],
    ['in another pose', { ...CYCLE, frames: 68 }],
    ['after a blink', { ...CYCLE, cadence: 0, frames: 8 }],
  ])('leaves a clip alone that ends %s', (_, walk) => {
    expect(closeLoop(madeWalk(walk))).toBeUndefined();
  });

  it('sees a jump of velocity where the poses join', () => {
    // The foot swings as fast, but the other way, when it comes by its first place again.
    const there = madeWalk({ speed: 0, frames: 41 });
    const at = 3 * LEG_ROLES.indexOf('footL') + 2;
    for (let f = 0; f < 41; f++)
      there.positions[3 * LEG_ROLES.length * f + at] = 0.4 * Math.sin((f / 40) * Math.PI);
    expect(closeLoop(there)).toBeUndefined();
    expect(closeLoop(there, true)?.loop).toBeDefined();
  });

  it('has around its seam the features of a walk that never ends', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'more',
        channels: [...BUILT_IN_SCHEMAS.holden().channels, { type: 'phase', role: 'footR' }],
      }),
    );
    for (const make of [layout, layoutOf(BUILT_IN_SCHEMAS.ue54())]) {
      const loop = closeLoop(madeWalk({ ...CYCLE, frames: 31 }));
      if (!loop) throw new Error('no loop');
      const { rows, valid } = extractFeatures(loop, make);
      expect(valid.every((value) => value === 1)).toBe(true);
      const endless = extractFeatures(madeWalk({ ...CYCLE, frames: 240 }), make).rows.subarray(
        120 * make.dimension,
      );
      rows.forEach((value, k) => {
        expect(Math.abs(value - endless[k])).toBeLessThan(2e-4);
      });
    }
  });

  it('is mirrored as a loop', () => {
    const walk = madeWalk({ ...CYCLE, frames: 61 });
    const layout = layoutOf(BUILT_IN_SCHEMAS.ue54());
    const one = closeLoop(mirrorTrack(walk));
    const other = closeLoop(walk);
    if (!one || !other) throw new Error('no loop');
    const a = extractFeatures(one, layout).rows;
    extractFeatures(mirrorTrack(other), layout).rows.forEach((value, k) => {
      expect(Math.abs(value - a[k])).toBeLessThan(1e-5);
    });
  });

  it('never moves the root twice as far as the clip, whatever a vouched clip is', () => {
    const odd = closeLoop(madeWalk({ ...CYCLE, frames: 53 }), true);
    if (!odd) throw new Error('no loop');
    expect(extractFeatures(odd, layoutOf(BUILT_IN_SCHEMAS.holden())).rows.every(Number.isFinite)).toBe(true);
    expect(closeLoop(madeWalk({ frames: 3 }), true)).toBeUndefined();
  });
});
