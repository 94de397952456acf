import { expect, it } from 'vitest';
import { jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { angleBetween, conjugate, fromAxisAngle, multiply, quatAt, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { bothSides, figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 4;
const BEND = 0.5;

/** A figure whose four fingers have `count` joints that bend; those of three have an end, as rigs have it. */
function figure(count: number, prefix: string): Skeleton {
  const fingers = (['Index', 'Middle', 'Ring', 'Pinky'] as const).flatMap((finger, i) =>
    Array.from(
      { length: count === 3 ? 4 : count },
      (_, n): Row => [
        `?Hand${finger}${n + 1}`,
        n === 0 ? '?Hand' : `?Hand${finger}${n}`,
        0.8 + (0.09 * n) / count,
        1.45,
        0.03 - 0.02 * i,
      ],
    ),
  );
  const rows = [...figureRows(MIXAMO, inWords), ...bothSides(fingers, inWords)];
  return skeletonOf(
    rows.map(([name, parent, ...place]): Row => [prefix + name, parent && prefix + parent, ...place]),
  );
}

/** How far the last joint of the left index finger is turned against the hand, radians, with every source joint bent alike. */
function flexion(sourceCount: number, targetCount: number): number {
  const [source, target] = [figure(sourceCount, ''), figure(targetCount, 'b_')];
  const clip = restClip(source, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    for (let n = 1; n <= sourceCount; n++) {
      const joint = jointIndex(source, `LeftHandIndex${n}`);
      setQuat(clip.rotations, f * source.joints.length + joint, fromAxisAngle([0, 0, 1], -BEND));
    }
  }
  const { clip: carried } = retargetClip(clip, characterise(source), target, characterise(target));
  const { rotations } = worldPoseOfFrame(carried, 1);
  const turn = (name: string) => quatAt(rotations, jointIndex(target, name));
  const last = turn(`b_LeftHandIndex${targetCount}`);
  return angleBetween(multiply(conjugate(turn('b_LeftHand')), last), [0, 0, 0, 1]);
}

it.each([
  [3, 3],
  [3, 2],
  [2, 3],
])('a finger of %i joints bends one of %i by as much', (source, target) => {
  expect(flexion(source, target)).toBeCloseTo(source * BEND, 3);
});
