import { expect, it } from 'vitest';
import { type Clip, jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { angleBetweenVectors, subtract, vec3At } from '../../src/math/vec3.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 4;
const DEGREE = Math.PI / 180;
/** From the beginning of the collar bone out to the shoulder, metres. */
const WIDTH = 0.15;

/** The figure with collar bones that rise by an angle: they begin lower, shoulders stay where they are. */
const risingBy = (degrees: number): Skeleton =>
  skeletonOf(
    figureRows(MIXAMO, inWords).map(
      ([name, parent, x, y, z]): Row => [
        name,
        parent,
        x,
        name.endsWith('Shoulder') ? y - WIDTH * Math.tan(degrees * DEGREE) : y,
        z,
      ],
    ),
  );

/** Degrees between the left collar bones of two clips of the figure. */
function apart(a: Clip, b: Clip): number {
  const [u, v] = [a, b].map((clip) => {
    const place = (name: string): readonly [number, number, number] =>
      vec3At(worldPoseOfFrame(clip, 1).positions, jointIndex(clip.skeleton, name));
    return subtract(place('LeftArm'), place('LeftShoulder'));
  });
  return angleBetweenVectors(u, v) / DEGREE;
}

const target = risingBy(0);
const carried = (clip: Clip, to: Skeleton): Clip =>
  retargetClip(clip, characterise(clip.skeleton), to, characterise(to)).clip;

it.each([
  ['keep their own rest where they lie near each other', 20, 20],
  ['come as near as they may lie', 30, 24.5],
  ['are turned by no more than shoulders bear', 50, 42],
])('collar bones %s', (_, rise, left) => {
  const clip = restClip(risingBy(rise), FRAMES);
  expect(apart(clip, carried(clip, target))).toBeCloseTo(left, 3);
});

it('collar bones come back as they were', () => {
  const clip = restClip(risingBy(30), FRAMES);
  expect(apart(clip, carried(carried(clip, target), clip.skeleton))).toBeLessThan(0.01);
});
