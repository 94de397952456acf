import { describe, expect, it } from 'vitest';
import { bake, type Clip, type Skeleton, sceneOfClip, validateClip } from '../../src/clip/index.js';
import { AFFINE_SIZE } from '../../src/math/affine.js';
import { fromAxisAngle, multiply, quatAt, setQuat } from '../../src/math/quat.js';
import { characterise, type RetargetReport, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const figure = figureRows(MIXAMO, inWords);
const without = (part: RegExp): Row[] => figure.filter(([name]) => !part.test(name));
const times = (factor: number): Row[] =>
  figure.map(([name, parent, x, y, z]): Row => [name, parent, factor * x, factor * y, factor * z]);

/** Every joint nods a little, each frame further. */
function nodding(skeleton: Skeleton, frames = 12): Clip {
  const count = skeleton.joints.length;
  const clip = restClip(skeleton, frames);
  for (let f = 0; f < frames; f++)
    for (let j = f * count; j < (f + 1) * count; j++)
      setQuat(clip.rotations, j, multiply(quatAt(clip.rotations, j), fromAxisAngle([1, 0, 0], 0.01 * f)));
  return clip;
}

/** Carries a nodding figure over and holds that the result is a valid clip: no NaN, unit turns. */
function carried(
  source: Skeleton,
  target: Skeleton,
  frames?: number,
): { clip: Clip; report: RetargetReport } {
  const result = retargetClip(nodding(source, frames), characterise(source), target, characterise(target));
  validateClip(result.clip);
  return result;
}

const mannequin = targetProfile('ue5-mannequin');

describe('is refused by code, naming joints', () => {
  it.each([
    ['no legs', without(/Leg|Foot|Toe/), /thighL/],
    ['one joint', figure.slice(0, 1), /Hips/],
  ])('%s', (_, rows, named) => {
    const skeleton = skeletonOf(rows);
    expect(() => characterise(skeleton)).toThrow(expect.objectContaining({ code: 'retarget/no-roles' }));
    expect(() => characterise(skeleton)).toThrow(named);
  });
});

describe('is carried over as far as it goes', () => {
  it.each<[string, Row[]]>([
    ['no arms', without(/Arm|Hand|Shoulder/)],
    ['no toes', without(/Toe/)],
    ['no feet', without(/Toe|Foot/)],
    ['no head', without(/Head/)],
    ['a second root', [...figure, ['Prop', '', 1, 0, 0], ['PropTip', 'Prop', 1, 1, 0]]],
    [
      'forearms of no length',
      figure.map(
        ([name, ...rest]): Row =>
          name.endsWith('Hand')
            ? [name, rest[0], (name[0] === 'L' ? 1 : -1) * 0.46, 1.45, -0.01]
            : [name, ...rest],
      ),
    ],
    [
      'collar bones of no length',
      figure.map(
        ([name, ...rest]): Row =>
          name.endsWith('Shoulder')
            ? [name, rest[0], (name[0] === 'L' ? 1 : -1) * 0.18, 1.45, 0]
            : [name, ...rest],
      ),
    ],
  ])('%s, in the source and in the target', (_, rows) => {
    const odd = skeletonOf(rows);
    expect(carried(odd, mannequin).clip.frameCount).toBe(12);
    expect(carried(mannequin, odd).clip.frameCount).toBe(12);
    expect(carried(odd, odd).clip.frameCount).toBe(12);
  });

  it('a single frame', () => {
    expect(carried(skeletonOf(figure), mannequin, 1).clip.frameCount).toBe(1);
  });
});

it.each([100, 0.01])('a size that is off by %f is told', (factor) => {
  const { report } = carried(skeletonOf(times(factor)), mannequin);
  expect(report.warnings.map(({ code }) => code)).toContain('retarget/odd-size');
});

it('a mirrored (negative) scale is told by its joint, and what is carried is a valid clip', () => {
  const skeleton = skeletonOf(figure);
  const scene = sceneOfClip(nodding(skeleton), 'mirrored.glb');
  const hand = skeleton.joints.findIndex(({ name }) => name === 'LeftHand');
  const clip = bake({
    ...scene,
    evaluate(take, time, out) {
      scene.evaluate(take, time, out);
      for (let k = 0; k < 3; k++) out[AFFINE_SIZE * hand + k] *= -1;
    },
  });
  expect(clip.warnings).toContainEqual(expect.objectContaining({ code: 'clip/mirrored', joint: 'LeftHand' }));
  const { clip: result } = retargetClip(
    clip,
    characterise(clip.skeleton),
    mannequin,
    characterise(mannequin),
  );
  validateClip(result);
});

it.each([1, 12])(
  'a target leg of no length is left where it is, with contacts off too (%i frames)',
  (frames) => {
    const folded = skeletonOf(
      figure.map(
        ([name, ...rest]): Row =>
          /^Left(Leg|Foot|ToeBase)$/.test(name) ? [name, rest[0], 0.1, 0.92, 0] : [name, ...rest],
      ),
    );
    const body = { ...characterise(skeletonOf(figure)), family: 'unknown' };
    for (const contacts of [true, false]) {
      const clip = nodding(mannequin, frames);
      validateClip(retargetClip(clip, characterise(mannequin), folded, body, { contacts }).clip);
    }
  },
);
