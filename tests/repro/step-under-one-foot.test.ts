import { expect, it } from 'vitest';
import { type Clip, jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

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
  const clip = restClip(skeleton, FRAMES, 10);
  const turn = (f: number, name: string, angle: number): void =>
    setQuat(
      clip.rotations,
      skeleton.joints.length * f + jointIndex(skeleton, name),
      fromAxisAngle([1, 0, 0], angle),
    );
  for (let f = 0; f < FRAMES; f++) {
    turn(f, 'LeftUpLeg', -BEND);
    turn(f, 'LeftLeg', 2 * BEND);
    turn(f, 'LeftFoot', -BEND);
  }
  return clip;
}

it('stays there: feet that stand at different heights are not drawn to the same', () => {
  const [source, target] = [skeletonOf(rows), skeletonOf(half)];
  const clip = standingOnAStep(source);
  const step = (of: Clip, left: string, right: string): number => {
    const { positions } = worldPoseOfFrame(of, FRAMES >> 1);
    const height = (name: string): number => positions[3 * jointIndex(of.skeleton, name) + 1];
    return height(left) - height(right);
  };
  const high = step(clip, 'LeftToeBase', 'RightToeBase');
  expect(high).toBeGreaterThan(0.2);
  const carried = retargetClip(clip, characterise(source), target, characterise(target)).clip;
  expect(step(carried, 'b_LeftToeBase', 'b_RightToeBase')).toBeCloseTo(high / 2, 2);
});
