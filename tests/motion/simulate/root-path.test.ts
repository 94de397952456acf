import { describe, expect, it } from 'vitest';
import { makeRootPath } from '../../../src/motion/simulate/root-path.js';
import { madePlay, madeWalker } from './made-play.js';

describe('makeRootPath', () => {
  const root = { x: 0, z: 0, yaw: 0 };

  it('lies on the database’s roots and between them on the same straight line', () => {
    const { database } = madePlay([madeWalker({ speed: 1.5 })]);
    const path = makeRootPath(database);
    path.at(0, 40, root);
    expect(root.z).toBeCloseTo(database.roots[4 * 40 + 1], 6);
    path.at(0, 40.25, root);
    expect(root.z).toBeCloseTo(database.roots[4 * 40 + 1] + (0.25 * 1.5) / 30, 4);
    path.at(0, -7, root);
    expect(root.z).toBeCloseTo(database.roots[1], 6);
  });

  it('says steps as seen from where they begin: ahead, and to the left where it turns so', () => {
    const path = makeRootPath(madePlay([madeWalker({ speed: 1.5, turn: 1 })]).database);
    for (const frame of [20, 60, 90]) {
      path.step(0, frame, frame + 15, root);
      expect(root.yaw).toBeCloseTo(0.5, 2);
      expect(root.x).toBeCloseTo(1.5 * (1 - Math.cos(0.5)), 1);
      expect(root.z).toBeCloseTo(1.5 * Math.sin(0.5), 1);
    }
  });

  it('goes on beyond the ends with the first and the last step', () => {
    const path = makeRootPath(madePlay([madeWalker({ speed: 1.5 })]).database);
    path.step(0, 120, 120.5, root);
    expect(root.z).toBeCloseTo(0.025, 3);
    path.step(0, -3, -2.5, root);
    expect(root.z).toBeCloseTo(0.025, 3);
  });
});
