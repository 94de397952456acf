import { expect, it } from 'vitest';
import { jointIndex, restWorldPose, worldPoseOfFrame } from '../../src/clip/index.js';
import { conjugate, fromAxisAngle, quatAt, rotate, setQuat } from '../../src/math/quat.js';
import { angleBetweenVectors, cross, normalise, subtract, vec3At } from '../../src/math/vec3.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

const FRAMES = 30;
const DEGREE = Math.PI / 180;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const target = targetProfile('ue5-mannequin');

/** Angle between the axis about which the mannequin's left knee is bent and the one that its skin is made for, degrees. */
function skinTurn(turnedOut: number): number {
  const clip = restClip(source, FRAMES, 30);
  const knee = jointIndex(source, 'LeftLeg');
  const axis = [Math.cos(turnedOut), 0, -Math.sin(turnedOut)] as const;
  for (let f = 0; f < FRAMES; f++)
    setQuat(clip.rotations, f * source.joints.length + knee, fromAxisAngle(axis, 0.3 + (0.9 * f) / FRAMES));
  const { clip: carried } = retargetClip(clip, characterise(source), target, characterise(target), {
    contacts: false,
  });
  const { positions, rotations } = worldPoseOfFrame(carried, FRAMES - 1);
  const [thigh, calf, foot] = ['thigh_l', 'calf_l', 'foot_l'].map((name) => jointIndex(target, name));
  const at = (joint: number) => vec3At(positions, joint);
  const bent = normalise(cross(subtract(at(calf), at(thigh)), subtract(at(foot), at(calf))));
  const inSkin = rotate(conjugate(quatAt(restWorldPose(target).rotations, thigh)), [1, 0, 0]);
  return angleBetweenVectors(bent, rotate(quatAt(rotations, thigh), inSkin)) / DEGREE;
}

it('a rig whose knees bend about one turned axis alone bends the skin where the knee is', () => {
  const straight = skinTurn(0);
  expect(straight).toBeLessThan(6);
  expect(Math.abs(skinTurn(20 * DEGREE) - straight)).toBeLessThan(4);
});
