import { expect, it } from 'vitest';
import type { Skeleton } from '../../src/clip/index.js';
import type { Vec3 } from '../../src/math/vec3.js';
import { characterise } from '../../src/retarget/index.js';

/** A figure of few joints: arms of three, legs of thigh and foot alone. */
function stiffLegged(footName: string): Skeleton {
  const rows: readonly (readonly [name: string, parent: number, place: Vec3])[] = [
    ['Hips', -1, [0, 0.98, 0]],
    ['Spine', 0, [0, 0.12, 0]],
    ['Head', 1, [0, 0.55, 0]],
    ...(['Left', 'Right'] as const).flatMap((side, s): [string, number, Vec3][] => {
      const x = side === 'Left' ? 1 : -1;
      const arm = 3 + 3 * s;
      return [
        [`${side}Arm`, 1, [0.18 * x, 0.45, 0]],
        [`${side}ForeArm`, arm, [0.28 * x, 0, 0]],
        [`${side}Hand`, arm + 1, [0.26 * x, 0, 0]],
      ];
    }),
    ['LeftUpLeg', 0, [0.09, -0.05, 0]],
    [`Left${footName}`, 9, [0, -0.85, 0]],
    ['RightUpLeg', 0, [-0.09, -0.05, 0]],
    [`Right${footName}`, 11, [0, -0.85, 0]],
  ];
  return {
    joints: rows.map(([name, parent, restTranslation]) => ({
      name,
      parent,
      restTranslation,
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: name,
    })),
  };
}

it('a leg without a knee is a leg where its foot is named, and is told', () => {
  const { roles, warnings } = characterise(stiffLegged('Foot'));
  expect(roles).toMatchObject({ thighL: 9, footL: 10, thighR: 11, footR: 12 });
  expect(roles.calfL).toBeUndefined();
  expect(warnings.map((warning) => warning.code)).toEqual(['retarget/no-knee', 'retarget/no-knee']);
});

it('a joint of no known name below the thigh is taken for the knee, as form has it', () => {
  expect(characterise(stiffLegged('Thing')).roles).toMatchObject({ calfL: 10, calfR: 12 });
});
