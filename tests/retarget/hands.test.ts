import { describe, expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, multiply, type Quat, setQuat } from '../../src/math/quat.js';
import { distance, type Vec3, vec3At } from '../../src/math/vec3.js';
import {
  characterise,
  type HandWish,
  QUALITIES,
  retargetClip,
  type SolveQuality,
} from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 40;
const source = skeletonOf(figureRows(MIXAMO, inWords));
/** A figure with shoulders a third wider and arms a fifth longer. */
const WIDER = 1.33;
const LONGER = 1.2;
const target = skeletonOf(
  figureRows(MIXAMO, inWords).map(([name, parent, x, y, z]): Row => {
    const isArm = /Arm|Hand/.test(name);
    const shoulder = 0.18;
    const side = Math.sign(x);
    const wide = isArm ? side * (shoulder * WIDER + (Math.abs(x) - shoulder) * LONGER) : x;
    return [name, parent, wide, y, z];
  }),
);

const X = [1, 0, 0] as const;
const Y = [0, 1, 0] as const;

/** Arms down by `lower`, forwards by `ahead`, elbows bent by `bend`; the trunk leans by `lean`, knees bent by `crouch`. */
function posed(lower: number, ahead: number, bend: number, lean: number, crouch = 0): Clip {
  const clip = restClip(source, FRAMES, 30);
  const count = source.joints.length;
  for (let f = 0; f < FRAMES; f++) {
    const sway = 0.03 * Math.sin((2 * Math.PI * f) / FRAMES);
    const turn = (name: string, q: Quat): void =>
      setQuat(clip.rotations, f * count + jointIndex(source, name), q);
    turn('Spine', fromAxisAngle(X, lean));
    clip.translations[3 * count * f + 1] -= 0.82 * (1 - Math.cos(crouch));
    for (const [side, s] of [
      ['Left', 1],
      ['Right', -1],
    ] as const) {
      const down = fromAxisAngle([0, 0, 1], -s * lower);
      turn(`${side}Arm`, multiply(fromAxisAngle(Y, -s * (ahead + sway)), down));
      turn(`${side}UpLeg`, fromAxisAngle(X, -crouch));
      turn(`${side}Leg`, fromAxisAngle(X, 2 * crouch));
      turn(`${side}Foot`, fromAxisAngle(X, -crouch));
      turn(`${side}ForeArm`, fromAxisAngle(Y, -s * bend));
    }
  }
  return clip;
}

const hand = (clip: Clip, side: string, f: number): Vec3 =>
  vec3At(worldPoseOfFrame(clip, f).positions, jointIndex(clip.skeleton, `${side}Hand`));
const apart = (clip: Clip, f: number): number => distance(hand(clip, 'Left', f), hand(clip, 'Right', f));

const carry = (clip: Clip, hands: readonly HandWish[], quality: SolveQuality = 'high'): Clip =>
  retargetClip(clip, characterise(source), target, characterise(target), { hands, quality }).clip;

describe('hands', () => {
  it.each(QUALITIES)('that hold a prop stay as far apart as in the source (%s)', (quality) => {
    const clip = posed(0.3, 1.2, 0.75, 0);
    for (const f of [5, 20]) {
      const wanted = apart(clip, f);
      expect(wanted).toBeLessThan(0.4);
      expect(Math.abs(apart(carry(clip, [], quality), f) - wanted)).toBeGreaterThan(0.06);
      expect(Math.abs(apart(carry(clip, ['prop'], quality), f) - wanted)).toBeLessThan(0.02);
    }
  });

  it('far from each other hold nothing, and stay as they are', () => {
    const clip = posed(0, 0, 0, 0);
    const [free, asked] = [carry(clip, []), carry(clip, ['prop'])];
    expect(distance(hand(free, 'Left', 9), hand(asked, 'Left', 9))).toBeLessThan(1e-3);
  });

  it('on the hips lie as far from them, in the proportion of the hips', () => {
    const clip = posed(1.5, 0.6, 0, 0);
    const toPelvis = (of: Clip): number => {
      const { positions } = worldPoseOfFrame(of, 20);
      return distance(
        vec3At(positions, jointIndex(of.skeleton, 'LeftHand')),
        vec3At(positions, jointIndex(of.skeleton, 'LeftUpLeg')),
      );
    };
    const wanted = toPelvis(clip);
    expect(wanted).toBeLessThan(0.12);
    const [free, asked] = [carry(clip, []), carry(clip, ['body'])].map(toPelvis);
    expect(Math.abs(asked - wanted)).toBeLessThan(0.5 * Math.abs(free - wanted));
  });

  it('on the floor stay there', () => {
    const clip = posed(0, Math.PI / 2, 0, 2, 0.7);
    const heights = (of: Clip): number => hand(of, 'Left', 20)[1];
    expect(heights(clip)).toBeLessThan(0.25);
    const [free, asked] = [carry(clip, []), carry(clip, ['floor'])].map(heights);
    expect(Math.abs(free - heights(clip))).toBeGreaterThan(0.06);
    expect(Math.abs(asked - heights(clip))).toBeLessThan(0.03);
  });
});
