import { describe, expect, it } from 'vitest';
import { forwardKinematics, makeLocalPose, makeWorldPose } from '../../../src/clip/index.js';
import { makeFootLock, toesOf } from '../../../src/motion/simulate/foot-lock.js';
import { madePlay, madeWalker } from './made-play.js';

const DT = 1 / 60;
const SETTINGS = { unlockRadius: 0.2, catchHalflife: 0.03, releaseHalflife: 0.1, catchAgain: 0 };

describe('makeFootLock', () => {
  const { database, bank } = madePlay([madeWalker()]);
  const [left, right] = toesOf(bank);
  const count = bank.body.kept.length;

  /** A figure in one pose that is pushed along at a speed, its left foot said to stand from `from` to `to` s. */
  function push(speed: number, from: number, to: number, settings = SETTINGS) {
    const lock = makeFootLock(database, bank, settings, DT);
    const pose = makeLocalPose(count);
    const world = makeWorldPose(count);
    const toes: number[][] = [];
    for (let tick = 0; tick * DT < to + 0.5; tick++) {
      bank.sample(0, 0.5, pose);
      pose.translations[0] += 0.02;
      pose.translations[2] += speed * tick * DT;
      forwardKinematics(bank.body, pose.rotations, pose.translations, world);
      const free = world.positions.slice();
      const stands = tick * DT >= from && tick * DT < to ? 1 : 0;
      lock.apply(Uint8Array.of(stands, 0), pose, world);
      const again = forwardKinematics(bank.body, pose.rotations, pose.translations, makeWorldPose(count));
      for (let k = 0; k < 3 * count; k++)
        expect(again.positions[k]).toBeCloseTo(world.positions[k] as number, 9);
      toes.push([
        world.positions[3 * left + 2] as number,
        (world.positions[3 * left + 2] as number) - (free[3 * left + 2] as number),
        (world.positions[3 * right + 2] as number) - (free[3 * right + 2] as number),
        (world.positions[3 * left + 1] as number) - (free[3 * left + 1] as number),
      ]);
    }
    return toes;
  }
  const tickAt = (seconds: number): number => Math.round(seconds / DT);

  it('holds a foot that stands where it came down, and leaves the other alone', () => {
    const toes = push(0.3, 0.2, 0.6);
    const held = toes.slice(tickAt(0.35), tickAt(0.6) - 1).map(([z]) => z as number);
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(0.004);
    expect(Math.max(...toes.map(([, , other]) => Math.abs(other as number)))).toBeLessThan(1e-9);
    // It keeps its height, too.
    expect(Math.max(...toes.map(([, , , up]) => Math.abs(up as number)))).toBeLessThan(0.015);
  });

  it('comes to hold and lets go without a jump, and ends where the clip has the foot', () => {
    const toes = push(0.3, 0.2, 0.6);
    const steps = toes.slice(1).map(([z], k) => (z as number) - (toes[k]?.[0] as number));
    // It moves no faster than it takes to make good what it was held back.
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan(0.03);
    expect(Math.abs(steps[tickAt(0.2)] as number)).toBeGreaterThan(0.2 * 0.3 * DT);
    expect(Math.abs(toes.at(-1)?.[1] as number)).toBeLessThan(0.02);
  });

  it('lets go of a foot that is drawn too far away', () => {
    const toes = push(1.5, 0.2, 1);
    const off = toes.map(([, shift]) => Math.abs(shift as number));
    expect(Math.max(...off)).toBeLessThan(0.24);
    expect(off[tickAt(0.9)]).toBeLessThan(0.05);
  });

  it('catches it again where it has come back to the clip', () => {
    const toes = push(1.5, 0.2, 1.4, { ...SETTINGS, catchAgain: 0.05 });
    const off = toes.slice(0, tickAt(1.4)).map(([, shift]) => Math.abs(shift as number));
    const lettings = off.filter((shift, k) => shift < 0.06 && (off[k - 1] ?? 0) >= 0.06).length;
    expect(lettings).toBeGreaterThan(1);
  });

  it('keeps the length of every bone', () => {
    const lock = makeFootLock(database, bank, SETTINGS, DT);
    const pose = makeLocalPose(count);
    const world = makeWorldPose(count);
    const lengths = (): number[] =>
      bank.body.joints.map(({ parent }, j) =>
        parent < 0
          ? 0
          : Math.hypot(
              ...[0, 1, 2].map(
                (k) => (world.positions[3 * j + k] as number) - (world.positions[3 * parent + k] as number),
              ),
            ),
      );
    for (let tick = 0; tick < 12; tick++) {
      bank.sample(0, 0.5, pose);
      pose.translations[2] += 0.01 * tick;
      forwardKinematics(bank.body, pose.rotations, pose.translations, world);
      const before = lengths();
      lock.apply(Uint8Array.of(1, 1), pose, world);
      lengths().forEach((length, j) => {
        expect(length).toBeCloseTo(before[j] as number, 9);
      });
    }
  });
});
