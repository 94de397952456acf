import { describe, expect, it } from 'vitest';
import {
  type Clip,
  jointIndex,
  restPose,
  restWorldPose,
  type Skeleton,
  worldPoseOfFrame,
} from '../../src/clip/index.js';
import { angleBetween, fromAxisAngle, quatAt, setQuat } from '../../src/math/quat.js';
import { distance, vec3At } from '../../src/math/vec3.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 30;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** Some joints swing, all others never leave their rest. */
function swinging(skeleton: Skeleton, names: readonly string[]): Clip {
  const clip = restClip(skeleton, FRAMES, 30);
  for (const name of names) {
    for (let f = 0; f < FRAMES; f++) {
      const row = f * skeleton.joints.length + jointIndex(skeleton, name);
      setQuat(clip.rotations, row, fromAxisAngle([1, 0, 0], 0.4 + 0.3 * Math.sin(f / 5)));
    }
  }
  return clip;
}

const carry = (clip: Clip) =>
  retargetClip(clip, characterise(clip.skeleton), mannequin, characterise(mannequin));

/** Largest turn of a mannequin's joint from its rest, against its parent, radians. */
function fromRest(clip: Clip, name: string): number {
  const joint = jointIndex(mannequin, name);
  const rest = quatAt(restPose(mannequin).rotations, joint);
  return Math.max(
    ...Array.from({ length: FRAMES }, (_, f) =>
      angleBetween(rest, quatAt(clip.rotations, f * mannequin.joints.length + joint)),
    ),
  );
}

describe('a clip of an upper body', () => {
  const wave = swinging(source, ['LeftArm', 'Spine1']);

  it('leaves pelvis, legs and root of the target at rest', () => {
    const { clip, report } = carry(wave);
    expect(report.leftOut).toEqual(['lower']);
    for (const name of ['root', 'pelvis', 'thigh_l', 'calf_r', 'foot_l', 'ball_r'])
      expect(fromRest(clip, name)).toBeLessThan(1e-6);
    const pelvis = jointIndex(mannequin, 'pelvis');
    const rest = vec3At(restWorldPose(mannequin).positions, pelvis);
    for (const f of [0, 11, 29]) {
      expect(distance(vec3At(worldPoseOfFrame(clip, f).positions, pelvis), rest)).toBeLessThan(1e-9);
    }
    expect(fromRest(clip, 'spine_03')).toBeGreaterThan(0.1);
    expect(fromRest(clip, 'upperarm_l')).toBeGreaterThan(0.3);
  });

  it('faces as the target does at rest, whichever way its own skeleton faces', () => {
    const backwards = skeletonOf(
      figureRows(MIXAMO, inWords).map(([name, parent, x, y, z]): Row => [name, parent, -x, y, -z]),
    );
    const clip = swinging(backwards, ['Spine1']);
    // The same bow, forwards.
    for (let f = 0; f < FRAMES; f++) {
      const row = f * backwards.joints.length + jointIndex(backwards, 'Spine1');
      setQuat(clip.rotations, row, fromAxisAngle([-1, 0, 0], 0.4 + 0.3 * Math.sin(f / 5)));
    }
    const [a, b] = [carry(clip).clip, carry(swinging(source, ['Spine1'])).clip];
    const head = (of: Clip) => vec3At(worldPoseOfFrame(of, 9).positions, jointIndex(mannequin, 'head'));
    expect(distance(head(a), head(b))).toBeLessThan(1e-3);
  });
});

it('a clip of legs leaves the upper body at rest', () => {
  const { clip, report } = carry(swinging(source, ['LeftUpLeg', 'RightLeg']));
  expect(report.leftOut).toEqual(['upper']);
  for (const name of ['spine_02', 'upperarm_r', 'head']) expect(fromRest(clip, name)).toBeLessThan(1e-6);
  expect(fromRest(clip, 'thigh_l')).toBeGreaterThan(0.3);
});

it('a pose in which nothing moves is a whole one', () => {
  expect(carry(restClip(source, FRAMES, 30)).report.leftOut).toEqual([]);
});
