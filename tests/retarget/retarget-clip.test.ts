import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bake,
  type Clip,
  jointIndex,
  restWorldPose,
  type Scene,
  type Skeleton,
  worldPoseOfFrame,
} from '../../src/clip/index.js';
import { readScene } from '../../src/formats/index.js';
import { angleBetween, conjugate, multiply, type Quat, quatAt } from '../../src/math/quat.js';
import { angleBetweenVectors, subtract, type Vec3, vec3At } from '../../src/math/vec3.js';
import { type Body, characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';

const CASES = new URL('../../../shared/cases/', import.meta.url);
const hasCases = existsSync(CASES);
const DEGREE = Math.PI / 180;

async function openCase(path: string): Promise<Scene> {
  return readScene(new Uint8Array(readFileSync(new URL(path, CASES))), { file: path, unit: 'cm' });
}

const place = (clip: Clip, frame: number, joint: string): Vec3 =>
  vec3At(worldPoseOfFrame(clip, frame).positions, jointIndex(clip.skeleton, joint));

const direction = (clip: Clip, frame: number, from: string, to: string): Vec3 =>
  subtract(place(clip, frame, to), place(clip, frame, from));

/** World turn of a joint away from its skeleton's rest pose. */
function turnFromRest(clip: Clip, frame: number, joint: string): Quat {
  const j = jointIndex(clip.skeleton, joint);
  return multiply(
    quatAt(worldPoseOfFrame(clip, frame).rotations, j),
    conjugate(quatAt(restWorldPose(clip.skeleton).rotations, j)),
  );
}

/** The figure of the case with one straight piece a leg, its joints told by name. */
function kneelessBody(skeleton: Skeleton): Body {
  const joint = (name: string): number => jointIndex(skeleton, name);
  return {
    family: 'unknown',
    roles: {
      pelvis: joint('Hips'),
      spine1: joint('Spine'),
      head: joint('Head'),
      upperArmL: joint('LeftArm'),
      forearmL: joint('LeftForeArm'),
      handL: joint('LeftHand'),
      upperArmR: joint('RightArm'),
      forearmR: joint('RightForeArm'),
      handR: joint('RightHand'),
      thighL: joint('LeftUpLeg'),
      footL: joint('LeftFoot'),
      thighR: joint('RightUpLeg'),
      footR: joint('RightFoot'),
    },
    certainty: {},
    spine: [joint('Spine')],
    neck: [],
    fingers: { L: {}, R: {} },
    twists: [],
    helpers: [],
    root: undefined,
    warnings: [],
  };
}

describe.skipIf(!hasCases)('cases', () => {
  it('an A-pose target holds its arms as the T-pose source does', async () => {
    const source = bake(await openCase('retarget-apose-target/source_tpose.bvh'));
    const target = await openCase('retarget-apose-target/target_apose.bvh');
    const { clip, report } = retargetClip(
      source,
      kneelessBody(source.skeleton),
      target.skeleton,
      kneelessBody(target.skeleton),
    );
    const wanted: [number, string, string, Vec3][] = [
      [0, 'LeftArm', 'LeftForeArm', [1, 0, 0]],
      [0, 'RightArm', 'RightForeArm', [-1, 0, 0]],
      [0, 'LeftForeArm', 'LeftHand', [1, 0, 0]],
      [1, 'LeftArm', 'LeftForeArm', [0, 1, 0]],
      [1, 'RightArm', 'RightForeArm', [0, 1, 0]],
      [1, 'LeftForeArm', 'LeftHand', [0, 1, 0]],
      [2, 'LeftArm', 'LeftForeArm', [0, 0, 1]],
      [2, 'RightArm', 'RightForeArm', [0, 0, 1]],
      [2, 'LeftForeArm', 'LeftHand', [0, 0, 1]],
    ];
    for (const [frame, from, to, want] of wanted) {
      expect(angleBetweenVectors(direction(clip, frame, from, to), want)).toBeLessThan(1 * DEGREE);
    }
    expect(report.calibration.limbDegrees.upperArmL).toBeCloseTo(45, 0);
  });

  it('a target half as tall walks half as far, with its soles on the floor', async () => {
    const source = bake(await openCase('retarget-hip-height-ratio/source.bvh'));
    const target = await openCase('retarget-hip-height-ratio/target.bvh');
    const bodies = [characterise(source.skeleton), characterise(target.skeleton)] as const;
    const scaled = retargetClip(source, bodies[0], target.skeleton, bodies[1]);
    const kept = retargetClip(source, bodies[0], target.skeleton, bodies[1], { travel: 1 });
    const hips = (clip: Clip, frame: number): Vec3 => place(clip, frame, 'Hips');
    const near = (got: Vec3, want: Vec3): void => {
      for (let k = 0; k < 3; k++)
        expect(Math.abs((got[k] as number) - (want[k] as number))).toBeLessThan(0.001);
    };
    near(hips(scaled.clip, 0), [0, 0.5, 0]);
    near(hips(scaled.clip, 1), [0, 0.25, 0]);
    near(hips(scaled.clip, 2), [0.05, 0.5, 0.4]);
    near(hips(kept.clip, 2), [0.1, 0.5, 0.8]);
    for (let frame = 0; frame < 3; frame++) {
      for (const foot of ['LeftFoot', 'RightFoot']) {
        expect(Math.abs(place(scaled.clip, frame, foot)[1])).toBeLessThan(0.001);
      }
    }
    expect(scaled.report.legRatio).toBeCloseTo(0.5, 6);
  });

  it('three spine joints bend five, each a part of it', async () => {
    const source = bake(await openCase('retarget-mixamo3-to-ue5spine/source.bvh'));
    const target = await openCase('retarget-mixamo3-to-ue5spine/target.gltf');
    const { clip } = retargetClip(
      source,
      characterise(source.skeleton),
      target.skeleton,
      characterise(target.skeleton),
    );
    const s = Math.SQRT1_2;
    const expected: [number, Quat, string[]][] = [
      [1, [0.5, 0, 0, 0.866025], ['spine_05', 'head', 'hand_l', 'hand_r']],
      [1, [0, 0, 0, 1], ['pelvis', 'thigh_l', 'foot_l']],
      [2, [0, s, 0, s], ['spine_05', 'head', 'hand_l', 'hand_r']],
      [2, [0, 0, 0, 1], ['pelvis', 'thigh_r', 'foot_r']],
    ];
    for (const [frame, want, joints] of expected) {
      for (const joint of joints) {
        expect(
          angleBetween(turnFromRest(clip, frame, joint), want) / DEGREE,
          `${joint} ${frame}`,
        ).toBeLessThan(0.5);
      }
    }
    let before: Quat = turnFromRest(clip, 1, 'pelvis');
    for (const joint of ['spine_01', 'spine_02', 'spine_03', 'spine_04', 'spine_05']) {
      const now = turnFromRest(clip, 1, joint);
      const bend = angleBetween(before, now) / DEGREE;
      expect(bend).toBeGreaterThan(0);
      expect(bend).toBeLessThan(25);
      before = now;
    }
    expect(place(clip, 0, 'pelvis')[1]).toBeCloseTo(0.95, 2);
  });

  it('a clip of one frame onto its own skeleton is that frame', async () => {
    const source = bake(await openCase('bvh-single-frame/pose.bvh'));
    const body = characterise(source.skeleton);
    const { clip } = retargetClip(source, body, source.skeleton, body, { contacts: false });
    expect(clip.frameCount).toBe(1);
    for (const joint of source.skeleton.joints) {
      const [a, b] = [place(source, 0, joint.name), place(clip, 0, joint.name)];
      for (let k = 0; k < 3; k++) expect(b[k]).toBeCloseTo(a[k] as number, 6);
    }
    const onMannequin = retargetClip(
      source,
      body,
      targetProfile('ue5-mannequin'),
      characterise(targetProfile('ue5-mannequin')),
    );
    expect(onMannequin.clip.frameCount).toBe(1);
    expect([...onMannequin.clip.rotations, ...onMannequin.clip.translations].every(Number.isFinite)).toBe(
      true,
    );
  });
});
