import { expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const RATE = 60;
const FRAMES = 40;
const SPEED = 0.05;

const source = skeletonOf(figureRows(MIXAMO, inWords));
const target = skeletonOf(
  figureRows(MIXAMO, inWords).map(
    ([name, parent, x, y, z]): Row => [name, parent, 0.9 * x, 0.9 * y, 0.9 * z],
  ),
);

/** It lands flat on its left foot, and that fast. */
const LANDS = 10;

/** A statue that comes down fast, then slides slowly forwards on its left heel, its right foot in the air behind it. */
function onItsHeel(): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, RATE);
  for (let f = 0; f < FRAMES; f++) {
    clip.translations[3 * count * f + 2] += (SPEED * f + Math.min(f, LANDS)) / RATE;
    const turn = (name: string, angle: number): void =>
      setQuat(clip.rotations, f * count + jointIndex(source, name), fromAxisAngle([1, 0, 0], angle));
    turn('LeftFoot', f < LANDS ? 0 : -0.5);
    turn('RightUpLeg', 0.3);
    turn('RightLeg', 1);
  }
  return clip;
}

/** How far the left ankle of the carried statue goes while it slides slowly, metres. */
function slideOf(clip: Clip): number {
  const carried = retargetClip(clip, characterise(source), target, characterise(target)).clip;
  const ankle = jointIndex(target, 'LeftFoot');
  const at = (f: number): number => worldPoseOfFrame(carried, f).positions[3 * ankle + 2];
  return at(FRAMES - 2) - at(LANDS + 2);
}

it('a heel that has struck is held before the ball comes down', () => {
  const whole = (0.9 * SPEED * (FRAMES - LANDS - 4)) / RATE;
  expect(slideOf(onItsHeel())).toBeLessThan(0.3 * whole);
});
