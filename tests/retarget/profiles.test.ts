import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { restWorldPose, validateSkeleton } from '../../src/clip/index.js';
import { PROFILE_NAMES, targetProfile } from '../../src/retarget/index.js';

const shared = new URL('../../../shared/reference/skeleton-data/', import.meta.url);

describe('targetProfile', () => {
  it('refuses a name that it does not have, and names those it has', () => {
    expect(() => targetProfile('manny')).toThrow(/"manny".*ue5-mannequin, ue4-mannequin, metahuman/);
  });

  it.each([
    ['ue5-mannequin', 89],
    ['ue4-mannequin', 68],
    ['metahuman', 100],
  ])('%s has %i joints and is a sound skeleton', (name, count) => {
    const skeleton = targetProfile(name);
    expect(skeleton.joints).toHaveLength(count);
    expect(() => validateSkeleton(skeleton)).not.toThrow();
  });

  // Component-space places that Unreal shows, centimetres: x to the left, y forward, z up.
  it.each([
    ['ue5-mannequin', 'spine_03', [0, 4.251, 113.419], 0.01],
    ['ue5-mannequin', 'foot_l', [14.09, -0.99, 8.24], 0.01],
    ['ue5-mannequin', 'ball_l', [15.78, 13.93, 0.75], 0.01],
    ['ue4-mannequin', 'ik_foot_l', [17.076, -8.072, 13.466], 0.01],
  ] as const)(
    '%s: %s stands where the engine has it, left at +X and facing +Z',
    (name, joint, ue, within) => {
      const skeleton = targetProfile(name);
      const index = skeleton.joints.findIndex((candidate) => candidate.name === joint);
      const { positions } = restWorldPose(skeleton);
      const wanted = [ue[0], ue[2], ue[1]];
      for (let axis = 0; axis < 3; axis++)
        expect(Math.abs(positions[3 * index + axis] * 100 - wanted[axis])).toBeLessThan(within);
    },
  );

  it('has the helper feet exactly on the feet', () => {
    const skeleton = targetProfile('ue5-mannequin');
    const { positions } = restWorldPose(skeleton);
    const at = (name: string): number[] => {
      const j = skeleton.joints.findIndex((joint) => joint.name === name);
      return [...positions.subarray(3 * j, 3 * j + 3)];
    };
    for (const side of ['l', 'r'])
      at(`ik_foot_${side}`).forEach((value, axis) => {
        expect(value).toBeCloseTo(at(`foot_${side}`)[axis], 4);
      });
  });

  const measured = {
    'ue5-mannequin': 'ue5_manny',
    'ue4-mannequin': 'ue4_mannequin',
    metahuman: 'metahuman_base',
  };
  it.skipIf(!existsSync(shared)).each(PROFILE_NAMES)(
    '%s: every joint agrees with the measured component space within 0.01 cm',
    (name) => {
      const file = new URL(`${measured[name]}_refpose.json`, shared);
      const { bones } = JSON.parse(readFileSync(file, 'utf8')) as {
        bones: { name: string; component_pos_cm: [number, number, number] }[];
      };
      const skeleton = targetProfile(name);
      const { positions } = restWorldPose(skeleton);
      let worst = 0;
      skeleton.joints.forEach((joint, j) => {
        const bone = bones.find((candidate) => candidate.name === joint.name);
        const [x, y, z] = bone?.component_pos_cm ?? [Number.NaN, 0, 0];
        [x, z, y].forEach((value, axis) => {
          worst = Math.max(worst, Math.abs(positions[3 * j + axis] * 100 - value));
        });
      });
      expect(worst).toBeLessThan(0.01);
    },
  );
});
