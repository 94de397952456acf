import { expect, it } from 'vitest';
import { type Clip, jointIndex } from '../../src/clip/index.js';
import { angleBetween, fromAxisAngle, multiply, quatAt, setQuat } from '../../src/math/quat.js';
import { setVec3 } from '../../src/math/vec3.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { seamOf, withRounds } from '../../src/retarget/seam.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 31;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** One round of a walk along a circle that goes on by `turn` radians and a metre; `share` of its swing. */
function walk({ turn = 0, share = 1 } = {}): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES);
  const { rotations, translations } = clip;
  for (let f = 0; f < FRAMES; f++) {
    const t = f / (FRAMES - 1);
    const radius = turn === 0 ? 0 : 1 / turn;
    const place = turn === 0 ? [0, t] : [radius * (1 - Math.cos(turn * t)), radius * Math.sin(turn * t)];
    setVec3(translations, count * f, [place[0], 0.96 + 0.01 * Math.cos(4 * Math.PI * t), place[1]]);
    setQuat(rotations, count * f, fromAxisAngle([0, 1, 0], turn * t));
    for (const [side, phase] of [
      ['Left', 0],
      ['Right', Math.PI],
    ] as const) {
      const swing = 0.19 * Math.sin(2 * Math.PI * share * t + phase);
      setQuat(
        rotations,
        count * f + jointIndex(source, `${side}UpLeg`),
        fromAxisAngle([1, 0, 0], -0.15 + swing),
      );
      setQuat(
        rotations,
        count * f + jointIndex(source, `${side}Leg`),
        fromAxisAngle([1, 0, 0], 0.35 + 0.2 * swing),
      );
    }
  }
  return clip;
}

/** Largest difference of a joint's own turn between the first and the last frame, radians; the root's left out. */
function gap({ skeleton, rotations, frameCount }: Clip): number {
  const count = skeleton.joints.length;
  return Math.max(
    ...skeleton.joints.flatMap(({ parent }, j) =>
      parent < 0 ? [] : [angleBetween(quatAt(rotations, j), quatAt(rotations, (frameCount - 1) * count + j))],
    ),
  );
}

it.each([0, 0.5])('a loop that turns by %f a round stays a loop', (turn) => {
  const clip = walk({ turn });
  expect(gap(clip)).toBeLessThan(1e-9);
  const { clip: carried, report } = retargetClip(
    clip,
    characterise(source),
    mannequin,
    characterise(mannequin),
  );
  expect(carried.frameCount).toBe(FRAMES);
  expect(report.contacts.L).toBeGreaterThan(0);
  expect(gap(carried)).toBeLessThan(1e-4);
});

it('goes on round after round along its circle', () => {
  const clip = walk({ turn: Math.PI / 2 });
  const seam = seamOf(clip, characterise(source));
  expect(seam?.yaw).toBeCloseTo(Math.PI / 2, 6);
  if (!seam) return;
  const wide = withRounds(clip, seam, 4 * (FRAMES - 1));
  const count = source.joints.length;
  // Four rounds of a quarter turn end where they began.
  for (const f of [0, 7, 29]) {
    const later = f + 4 * (FRAMES - 1);
    for (let k = 0; k < 3; k++)
      expect(wide.translations[3 * count * later + k]).toBeCloseTo(wide.translations[3 * count * f + k], 6);
    expect(
      angleBetween(quatAt(wide.rotations, count * f), quatAt(wide.rotations, count * later)),
    ).toBeCloseTo(0, 5);
  }
  // Its own frames stand in the middle as they were.
  const own = wide.rotations.subarray(4 * count * 4 * (FRAMES - 1));
  expect(Array.from(own.subarray(0, clip.rotations.length - 4 * count))).toEqual(
    Array.from(clip.rotations.subarray(0, clip.rotations.length - 4 * count)),
  );
});

it('is not seen where the last pose is another, or nothing moves', () => {
  expect(seamOf(walk({ share: 0.6 }), characterise(source))).toBeUndefined();
  expect(seamOf(walk({ share: 0 }), characterise(source))).toBeUndefined();
  const tilted = walk();
  const last = (FRAMES - 1) * source.joints.length;
  setQuat(tilted.rotations, last, multiply(quatAt(tilted.rotations, last), fromAxisAngle([1, 0, 0], 0.2)));
  expect(seamOf(tilted, characterise(source))).toBeUndefined();
});

it('does not shift the frame in which a number is none', () => {
  const clip = walk();
  clip.rotations.fill(Number.NaN, 4 * source.joints.length * 9, 4 * source.joints.length * 9 + 4);
  expect(() => retargetClip(clip, characterise(source), mannequin, characterise(mannequin))).toThrow(
    expect.objectContaining({ code: 'retarget/not-finite', data: expect.objectContaining({ frame: 9 }) }),
  );
});
