import { describe, expect, it } from 'vitest';
import { makeRootAdjuster } from '../../../src/motion/simulate/adjust-root.js';
import { makePace } from '../../../src/motion/simulate/pace.js';

const DT = 1 / 60;
const AT = { x: 0, z: 0, yaw: 0 };

describe('makeRootAdjuster', () => {
  const settings = { placeHalflife: 0.1, yawHalflife: 0.2, mostShare: 0.5, mostPlace: 0.15, mostYaw: 1 };
  const fast = { place: 10, yaw: 10 };

  it('closes half of the gap in a halflife where the figure moves fast enough', () => {
    const adjust = makeRootAdjuster({ ...settings, mostPlace: 5, mostYaw: 3 }, DT);
    const root = { ...AT };
    for (let k = 0; k < 6; k++) adjust(root, { x: 0.08, z: 0, yaw: 0.4 }, fast);
    expect(root.x).toBeCloseTo(0.04, 9);
    for (let k = 6; k < 12; k++) adjust(root, { x: 0.08, z: 0, yaw: 0.4 }, fast);
    expect(root.yaw).toBeCloseTo(0.2, 9);
  });

  it('corrects no faster than a share of how fast the figure moves, so not at all where it stands', () => {
    const adjust = makeRootAdjuster(settings, DT);
    const root = { ...AT };
    adjust(root, { x: 0, z: 0.1, yaw: -0.5 }, { place: 0.2, yaw: 0.1 });
    expect(root.z).toBeCloseTo(0.1 * DT, 12);
    expect(root.yaw).toBeCloseTo(-0.05 * DT, 12);
    const still = { ...AT };
    adjust(still, { x: 0, z: 0.1, yaw: -0.5 }, { place: 0, yaw: 0 });
    expect(still).toEqual({ x: 0, z: 0, yaw: 0 });
  });

  it('never lets the figure be further off than the limits', () => {
    const adjust = makeRootAdjuster(settings, DT);
    const root = { ...AT };
    adjust(root, { x: 3, z: 4, yaw: 3 }, { place: 0, yaw: 0 });
    expect(Math.hypot(root.x - 3, root.z - 4)).toBeCloseTo(0.15, 12);
    expect(root.yaw).toBeCloseTo(2, 12);
  });
});

describe('makePace', () => {
  const step = { x: 0, z: 1.2 * DT, yaw: 0 };
  const point = { ...AT, velocityX: 0, velocityZ: 1.2 };
  const settled = (at: Partial<typeof point>, own = step): number => {
    const pace = makePace({ most: 1.2, catchUp: 0.3, halflife: 0.05 }, DT);
    let now = 1;
    for (let k = 0; k < 120; k++) now = pace(AT, own, { ...point, ...at });
    return now;
  };

  it('plays at its own pace where it is in step, faster behind and slower ahead, within its limits', () => {
    expect(settled({})).toBeCloseTo(1, 9);
    expect(settled({ z: 0.036 })).toBeCloseTo(1.1, 6);
    expect(settled({ velocityZ: 1.32 })).toBeCloseTo(1.1, 6);
    expect(settled({ z: -3 })).toBeCloseTo(1 / 1.2, 6);
    expect(settled({ z: 3 })).toBeCloseTo(1.2, 6);
  });

  it('cares for the way that the clip goes, not for what lies beside it', () => {
    expect(settled({ x: 1 })).toBeCloseTo(1, 9);
    // A figure that faces +X and walks ahead goes along X.
    const pace = makePace({ most: 2, catchUp: 1, halflife: 0 }, DT);
    expect(
      pace({ ...AT, yaw: Math.PI / 2 }, step, { ...point, x: 0.6, velocityX: 1.2, velocityZ: 0 }),
    ).toBeCloseTo(1.5, 6);
  });

  it('leaves clips on the spot alone, and changes by and by', () => {
    expect(settled({ z: 3 }, { x: 0, z: 0.1 * DT, yaw: 0 })).toBeCloseTo(1, 9);
    const pace = makePace({ most: 1.2, catchUp: 0.3, halflife: 0.05 }, DT);
    expect(pace(AT, step, { ...point, z: 3 })).toBeLessThan(1.05);
  });
});
