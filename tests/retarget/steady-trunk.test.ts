import { expect, it } from 'vitest';
import { type Clip, jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { seededRandom } from '../../src/math/random.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 60;
const TWITCH = 0.03;

const figure = figureRows(MIXAMO, inWords);
/** The spine begins in the pelvis joint itself, high above the hips, as in the CMU library. */
const source = skeletonOf(
  figure.map(([name, parent, x, y, z]): Row => [name, parent, x, name === 'Spine' ? 0.96 : y, z]),
);
const target = skeletonOf(
  figure.map(([name, parent, x, y, z]): Row => [name, parent, x, name === 'Hips' ? 0.92 : y, z]),
);

/** A statue whose pelvis twitches forwards and back, while spine and legs hold still against it. */
function twitchingStatue(): Clip {
  const random = seededRandom(5);
  const clip = restClip(source, FRAMES, 120);
  const turn = (f: number, name: string, angle: number): void =>
    setQuat(
      clip.rotations,
      source.joints.length * f + jointIndex(source, name),
      fromAxisAngle([1, 0, 0], angle),
    );
  for (let f = 0; f < FRAMES; f++) {
    const angle = TWITCH * (2 * random.uniform() - 1);
    turn(f, 'Hips', angle);
    for (const name of ['Spine', 'LeftUpLeg', 'RightUpLeg']) turn(f, name, -angle);
  }
  return clip;
}

/** How far the left shoulder is at most from the middle between its places before and after, millimetres. */
function largestShake(clip: Clip, skeleton: Skeleton): number {
  const shoulder = jointIndex(skeleton, 'LeftArm');
  const place = (f: number, k: number): number => worldPoseOfFrame(clip, f).positions[3 * shoulder + k];
  let worst = 0;
  for (let f = 1; f + 1 < clip.frameCount; f++)
    worst = Math.max(
      worst,
      Math.hypot(...[0, 1, 2].map((k) => place(f, k) - (place(f - 1, k) + place(f + 1, k)) / 2)),
    );
  return 1000 * worst;
}

it('holds the shoulders still where a pelvis twitches under a still chest', () => {
  const statue = twitchingStatue();
  expect(largestShake(statue, source)).toBeLessThan(1e-6);
  const { clip } = retargetClip(statue, characterise(source), target, characterise(target));
  expect(largestShake(clip, target)).toBeLessThan(0.3);
});
