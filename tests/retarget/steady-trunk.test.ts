import { expect, it } from 'vitest';
import { type Clip, makeRate, restPose, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { seededRandom } from '../../src/math/random.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { turningArm } from '../clip/walker.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';

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
  const count = source.joints.length;
  const rest = restPose(source);
  const rotations = new Float64Array(4 * count * FRAMES);
  const translations = new Float64Array(3 * count * FRAMES);
  const joint = (name: string): number => source.joints.findIndex((each) => each.name === name);
  for (let f = 0; f < FRAMES; f++) {
    rotations.set(rest.rotations, 4 * count * f);
    translations.set(rest.translations, 3 * count * f);
    const angle = TWITCH * (2 * random.uniform() - 1);
    setQuat(rotations, count * f + joint('Hips'), fromAxisAngle([1, 0, 0], angle));
    for (const name of ['Spine', 'LeftUpLeg', 'RightUpLeg'])
      setQuat(rotations, count * f + joint(name), fromAxisAngle([1, 0, 0], -angle));
  }
  return {
    ...turningArm({ frames: FRAMES, rate: makeRate(120) }),
    skeleton: source,
    rotations,
    translations,
    curves: [],
  };
}

/** How far the left shoulder is at most from the middle between its places before and after, millimetres. */
function largestShake(clip: Clip, skeleton: Skeleton): number {
  const shoulder = skeleton.joints.findIndex(({ name }) => name === 'LeftArm');
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
