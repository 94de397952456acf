import { describe, expect, it } from 'vitest';
import { bake } from '../../src/clip/bake.js';
import { clipDuration } from '../../src/clip/clip.js';
import { restWorldPose, worldPoseOfFrame } from '../../src/clip/forward-kinematics.js';
import { makeRate } from '../../src/clip/rate.js';
import { resample } from '../../src/clip/resample.js';
import { makeLocalPose, samplePose } from '../../src/clip/sample.js';
import type { Scene } from '../../src/clip/scene.js';
import { uniqueNames } from '../../src/clip/skeleton.js';
import { validateClip } from '../../src/clip/validate.js';
import { composeAffine, multiplyAffine } from '../../src/math/affine.js';
import { angleBetween, fromAxisAngle, type Quat, quatAt } from '../../src/math/quat.js';
import { vec3At } from '../../src/math/vec3.js';
import { armSkeleton, turningArm } from './walker.js';

const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Math.round(value * 1e6) / 1e6 + 0);

describe('validateClip', () => {
  it('names the joint and frame of a number that is none', () => {
    const clip = turningArm();
    clip.translations[3 * 3 * 4] = Number.NaN;
    expect(() => validateClip(clip)).toThrow('arm.test: translations is not finite at frame 4.');
  });

  it('names a rotation that is not unit', () => {
    const clip = turningArm();
    clip.rotations[4 * (3 * 2 + 1)] = 2;
    expect(() => validateClip(clip)).toThrow(/rotation of "arm" at frame 2/);
  });

  it('refuses wrong shapes, no frames and children before parents', () => {
    expect(() => validateClip({ ...turningArm(), frameCount: 9 })).toThrow(
      /rotations holds 120 numbers, 108 are wanted/,
    );
    expect(() => validateClip({ ...turningArm(), frameCount: 0 })).toThrow(/at least one frame/);
    const upside = {
      joints: [{ ...armSkeleton.joints[1], parent: 1 }, armSkeleton.joints[0]],
    } as typeof armSkeleton;
    expect(() => validateClip({ ...turningArm(), skeleton: upside })).toThrow(/does not come before it/);
    expect(() => validateClip({ ...turningArm(), skeleton: { joints: [] } })).toThrow(/no joints/);
  });

  it('gives back a good clip', () => {
    const clip = turningArm();
    expect(validateClip(clip)).toBe(clip);
  });
});

describe('uniqueNames', () => {
  it('numbers duplicates past names that are taken, and names the nameless', () => {
    const { names, warnings } = uniqueNames(['a', 'a', 'a_2', '', 'a']);
    expect(names).toEqual(['a', 'a_3', 'a_2', 'joint_3', 'a_4']);
    expect(warnings.map((warning) => warning.code)).toEqual([
      'skeleton/duplicate-name',
      'skeleton/nameless-joint',
      'skeleton/duplicate-name',
    ]);
  });
});

describe('forward kinematics', () => {
  it('places the tip of the rest pose and of a turned arm', () => {
    expect(rounded(restWorldPose(armSkeleton).positions)).toEqual([0, 1, 0, 0, 1.5, 0, 0, 2, 0]);
    // At frame 9 the arm has turned 90° about +Z: the tip lies half a metre along −X of the arm.
    const pose = worldPoseOfFrame(turningArm(), 9);
    expect(rounded(vec3At(pose.positions, 2))).toEqual([0.4, 1.5, 0]);
  });
});

describe('sampling', () => {
  const clip = turningArm();
  const at = (time: number): { turn: number; x: number } => {
    const pose = samplePose(clip, time, makeLocalPose(3));
    return {
      turn: (angleBetween([0, 0, 0, 1], quatAt(pose.rotations, 1)) * 180) / Math.PI,
      x: pose.translations[0],
    };
  };

  it('gives frames exactly, blends between them, and holds the ends', () => {
    expect(at(0.3).turn).toBeCloseTo(30, 10);
    expect(at(0.35).turn).toBeCloseTo(35, 6);
    expect(at(0.35).x).toBeCloseTo(0.35, 10);
    expect(at(-1).turn).toBeCloseTo(0, 10);
    expect(at(99).turn).toBeCloseTo(90, 10);
  });

  it('takes the shorter way where a key has the other sign', () => {
    const flipped = turningArm();
    for (let k = 0; k < 4; k++) flipped.rotations[4 * (3 * 4 + 1) + k] *= -1;
    const pose = samplePose(flipped, 0.35, makeLocalPose(3));
    expect((angleBetween([0, 0, 0, 1], quatAt(pose.rotations, 1)) * 180) / Math.PI).toBeCloseTo(35, 6);
  });

  it('resamples to poses at i / rate, keeps curves in step, and is the same clip at its own rate', () => {
    expect(resample(clip, makeRate(10))).toBe(clip);
    const faster = resample(clip, makeRate(30));
    expect(faster.frameCount).toBe(28);
    expect(clipDuration(faster)).toBeCloseTo(clipDuration(clip), 12);
    expect((angleBetween([0, 0, 0, 1], quatAt(faster.rotations, 3 * 14 + 1)) * 180) / Math.PI).toBeCloseTo(
      (14 / 3) * 10,
      6,
    );
    expect(faster.curves[0]?.values[14]).toBeCloseTo(14 / 3, 9);
    const slower = resample(clip, makeRate(4));
    expect(slower.frameCount).toBe(4);
    expect(slower.translations[9 * 3]).toBeCloseTo(0.75, 9);
  });
});

/** The arm under an Armature node that scales by `scale` and is turned; what a scene of a file would say. */
function armScene(scale: number, armTurn: (time: number) => Quat, extra: Partial<Scene> = {}): Scene {
  const [top, local, world] = [0, 1, 2].map(() => new Float64Array(12)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    skeleton: armSkeleton,
    takes: [{ name: 'wave', rate: makeRate(10), frameCount: 5, duration: 0.4, events: [], curveNames: [] }],
    attributes: [],
    source: { file: 'scene.test', format: 'gltf', unitMetres: 1, axes: 'Y up', guesses: [] },
    warnings: [],
    evaluate(_take, time, out) {
      composeAffine([0, 0, 0], [0, 0, 0, 1], [scale, scale, scale], top);
      armSkeleton.joints.forEach((joint, j) => {
        composeAffine(joint.restTranslation, j === 1 ? armTurn(time) : [0, 0, 0, 1], [1, 1, 1], local);
        multiplyAffine(
          joint.parent < 0 ? top : out,
          joint.parent < 0 ? 0 : joint.parent * 12,
          local,
          0,
          world,
        );
        out.set(world, j * 12);
      });
    },
    ...extra,
  };
}

describe('bake', () => {
  const turn = (time: number): Quat => fromAxisAngle([0, 0, 1], time * 10);

  it('says what is missing: no animation, no such take, an empty range', () => {
    expect(() => bake(armScene(1, turn, { takes: [] }))).toThrow(
      'scene.test has a skeleton but no animation.',
    );
    expect(() => bake(armScene(1, turn), { take: 3 })).toThrow(/number 3 is not among them/);
    expect(() => bake(armScene(1, turn), { start: 2, end: 1 })).toThrow(/is empty/);
  });

  it('stops at a number that is none, naming joint and frame', () => {
    const broken = (time: number): Quat => (time > 0.15 ? [Number.NaN, 0, 0, 1] : [0, 0, 0, 1]);
    expect(() => bake(armScene(1, broken))).toThrow('joint "arm" is not finite at frame 2');
  });

  it('folds ancestor scale into translations, keeps world places and the own length of the take', () => {
    const clip = validateClip(bake(armScene(0.01, turn)));
    expect(clip).toMatchObject({ frameCount: 5, name: 'wave' });
    expect(rounded(clip.translations.subarray(0, 9))).toEqual([0, 0.01, 0, 0, 0.005, 0, 0, 0.005, 0]);
    expect(rounded(vec3At(worldPoseOfFrame(clip, 4).positions, 2))).toEqual(
      rounded([-0.005 * Math.sin(4), 0.015 + 0.005 * Math.cos(4), 0]),
    );
  });

  it('keeps quaternions on one side through full turns', () => {
    const clip = bake(armScene(1, turn), { rate: makeRate(100) });
    expect(clip.frameCount).toBe(41);
    for (let f = 1; f < clip.frameCount; f++) {
      const [a, b] = [quatAt(clip.rotations, 3 * (f - 1) + 1), quatAt(clip.rotations, 3 * f + 1)];
      expect(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]).toBeGreaterThan(0.9);
    }
  });

  it('bakes a range and tells mirroring once', () => {
    const clip = bake(armScene(-1, turn), { start: 0.1, end: 0.3 });
    expect(clip.frameCount).toBe(3);
    expect(
      clip.warnings.filter((warning) => warning.code === 'clip/mirrored').map((warning) => warning.joint),
    ).toEqual(['root', 'arm', 'tip']);
  });

  it('names the joints that change their size, without those below them, and keeps places', () => {
    const scene = armScene(1, turn);
    const growing: Scene = {
      ...scene,
      evaluate(take, time, out) {
        scene.evaluate(take, time, out);
        for (let i = 12; i < 36; i++) if (i % 12 < 9) out[i] *= 1 + time;
      },
    };
    const clip = bake(growing);
    expect(clip.warnings).toEqual([
      {
        code: 'clip/scale-animated',
        message:
          'Joints change their size: "arm" (1 to 1.4 times). Their places are kept; the change of size is left out.',
      },
    ]);
    expect(rounded(clip.translations)).toEqual(rounded(bake(scene).translations));
    expect(bake(armScene(100, turn)).warnings).toEqual([]);
  });
});
