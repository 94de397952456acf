import { expect, it } from 'vitest';
import { type Clip, restPose, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { turningArm } from '../clip/walker.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from '../retarget/figure.js';

const FRAMES = 30;
const BEND = 0.8;

const rows = figureRows(MIXAMO, inWords);
const half: Row[] = rows.map(([name, parent, x, y, z]) => [
  `b_${name}`,
  parent && `b_${parent}`,
  x / 2,
  y / 2,
  z / 2,
]);

/** The figure stands with one knee bent and its foot level on a step. */
function standingOnAStep(skeleton: Skeleton): Clip {
  const count = skeleton.joints.length;
  const rest = restPose(skeleton);
  const rotations = new Float64Array(4 * count * FRAMES);
  const translations = new Float64Array(3 * count * FRAMES);
  const joint = (name: string): number => skeleton.joints.findIndex((each) => each.name === name);
  for (let f = 0; f < FRAMES; f++) {
    rotations.set(rest.rotations, 4 * count * f);
    translations.set(rest.translations, 3 * count * f);
    setQuat(rotations, count * f + joint('LeftUpLeg'), fromAxisAngle([1, 0, 0], -BEND));
    setQuat(rotations, count * f + joint('LeftLeg'), fromAxisAngle([1, 0, 0], 2 * BEND));
    setQuat(rotations, count * f + joint('LeftFoot'), fromAxisAngle([1, 0, 0], -BEND));
  }
  return { ...turningArm({ frames: FRAMES }), skeleton, rotations, translations, curves: [] };
}

it('stays there: feet that stand at different heights are not drawn to the same', () => {
  const [source, target] = [skeletonOf(rows), skeletonOf(half)];
  const clip = standingOnAStep(source);
  const step = (of: Clip, left: string, right: string): number => {
    const { positions } = worldPoseOfFrame(of, FRAMES >> 1);
    const height = (name: string): number =>
      positions[3 * of.skeleton.joints.findIndex((each) => each.name === name) + 1];
    return height(left) - height(right);
  };
  const high = step(clip, 'LeftToeBase', 'RightToeBase');
  expect(high).toBeGreaterThan(0.2);
  const carried = retargetClip(clip, characterise(source), target, characterise(target)).clip;
  expect(step(carried, 'b_LeftToeBase', 'b_RightToeBase')).toBeCloseTo(high / 2, 2);
});
