import { describe, expect, it } from 'vitest';
import { makeLocalPose } from '../../../src/clip/index.js';
import { angleBetween, fromAxisAngle, quatAt, setQuat } from '../../../src/math/quat.js';
import {
  type MovingPose,
  makeInertialPose,
  makeMovingPose,
  measureSpeeds,
} from '../../../src/motion/simulate/inertial-pose.js';
import { makePlayedRoot } from '../../../src/motion/simulate/played-root.js';

const DT = 1 / 60;

/** A joint that turns about an axis and moves along X at steady speeds. */
function moving(angle: number, spin: number, x: number, speed: number): (seconds: number) => MovingPose {
  return (seconds) => {
    const pose = makeMovingPose(1);
    setQuat(pose.rotations, 0, fromAxisAngle([0, 0.6, 0.8], angle + spin * seconds));
    pose.translations[0] = x + speed * seconds;
    pose.spins.set([0, 0.6 * spin, 0.8 * spin]);
    pose.speeds[0] = speed;
    return pose;
  };
}

describe('makeInertialPose', () => {
  const first = moving(0.2, 1, 0.5, 0.3);
  const second = moving(-0.5, -2, 0.1, 0);

  it('goes on from the pose that was, as fast as it was, and ends in the pose that plays', () => {
    const inertia = makeInertialPose(1, 0.1, 1e-4);
    inertia.jump(first(0), second(0));
    const shown = (seconds: number): MovingPose => {
      const pose = second(seconds);
      inertia.apply(pose);
      return pose;
    };
    const at0 = shown(0);
    expect(angleBetween(quatAt(at0.rotations, 0), quatAt(first(0).rotations, 0))).toBeLessThan(1e-9);
    expect(at0.translations[0]).toBeCloseTo(0.5, 12);
    inertia.tick();
    const at1 = shown(1e-4);
    const speeds = makeMovingPose(1);
    measureSpeeds(at0, at1, 1e-4, speeds);
    expect(speeds.speeds[0]).toBeCloseTo(0.3, 2);
    expect(speeds.spins[1]).toBeCloseTo(0.6, 1);
    for (let k = 0; k < 20_000; k++) inertia.tick();
    expect(angleBetween(quatAt(shown(2).rotations, 0), quatAt(second(2).rotations, 0))).toBeLessThan(1e-6);
  });

  it('adds a second jump to what is left of the first', () => {
    const inertia = makeInertialPose(1, 0.1, DT);
    inertia.jump(first(0), second(0));
    for (let k = 0; k < 3; k++) inertia.tick();
    const shown = second(3 * DT);
    inertia.apply(shown);
    const third = moving(1.2, 0, -0.4, 1);
    inertia.jump(second(3 * DT), third(0));
    const next = third(0);
    inertia.apply(next);
    expect(angleBetween(quatAt(next.rotations, 0), quatAt(shown.rotations, 0))).toBeLessThan(1e-9);
    expect(next.translations[0]).toBeCloseTo(shown.translations[0] as number, 12);
  });

  it('leaves a pose alone where nothing jumped', () => {
    const inertia = makeInertialPose(1, 0.1, DT);
    const pose = makeLocalPose(1);
    pose.rotations[3] = 1;
    inertia.tick();
    inertia.apply(pose);
    expect([...pose.rotations, ...pose.translations]).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });
});

describe('makePlayedRoot', () => {
  const ahead = (speed: number, turn = 0) => ({ x: 0, z: speed * DT, yaw: turn * DT });

  it('is carried along its own heading', () => {
    const root = makePlayedRoot(0.1, DT);
    for (let k = 0; k < 60; k++) root.tick(ahead(1, Math.PI / 2));
    expect(root.now.yaw).toBeCloseTo(Math.PI / 2, 9);
    expect(root.now.x).toBeCloseTo(2 / Math.PI, 1);
    expect(root.now.z).toBeCloseTo(2 / Math.PI, 1);
    expect(root.speed.place).toBeCloseTo(1, 9);
    expect(root.speed.yaw).toBeCloseTo(Math.PI / 2, 9);
  });

  it('does not jump where the speed does, and comes back to where clips carry it', () => {
    const root = makePlayedRoot(0.1, DT);
    root.jump({ x: 0, z: 3, yaw: 0 }, { x: 0, z: 1, yaw: 0 });
    expect(root.now.z).toBe(0);
    root.tick(ahead(1));
    expect(root.speed.place).toBeGreaterThan(2);
    expect(root.speed.place).toBeLessThan(3);
    for (let k = 1; k < 120; k++) root.tick(ahead(1));
    expect(root.now.z).toBeCloseTo(2, 6);
  });

  it('goes on from where it was corrected to', () => {
    const root = makePlayedRoot(0.1, DT);
    root.tick(ahead(1));
    root.correct((now) => {
      now.x += 0.2;
      now.yaw += Math.PI / 2;
    });
    root.tick(ahead(1));
    expect(root.now.x).toBeCloseTo(0.2 + DT, 9);
    expect(root.now.z).toBeCloseTo(DT, 9);
  });
});
