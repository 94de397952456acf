import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_ROLES, restWorldPose, type Skeleton } from '../../src/clip/index.js';
import { bodyOfScene } from '../../src/pipeline/index.js';
import { type Body, characterise } from '../../src/retarget/index.js';
import { bothSides, figureRows, inWords, MIXAMO, type Row, type Spelling, skeletonOf } from './figure.js';
import { nameless, sharedScenes, sharedSkeletons } from './shared-skeletons.js';

const namesOf = (skeleton: Skeleton, body: Body): Record<string, string> =>
  Object.fromEntries(Object.entries(body.roles).map(([role, joint]) => [role, skeleton.joints[joint].name]));
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
};
const renamed = (rows: readonly Row[], rename: (name: string) => string): Row[] =>
  rows.map(([name, parent, ...place]) => [rename(name), parent === '' ? '' : rename(parent), ...place]);
const mixamo = figureRows(MIXAMO, inWords);

describe('characterise refuses', () => {
  it('a prop, and says what was looked for', () => {
    const crate = skeletonOf([
      ['crate', '', 0, 0, 0],
      ['lid', 'crate', 0, 1, 0],
    ]);
    expect(codeOf(() => characterise(crate))).toBe('retarget/no-roles');
    expect(() => characterise(crate, { name: 'crate.glb' })).toThrow(
      /crate\.glb.*crate, lid.*pelvis, thighL/,
    );
  });

  it('a skeleton without joints', () => {
    expect(codeOf(() => characterise({ joints: [] }))).toBe('retarget/no-roles');
  });

  it.each([
    ['a long chain of hands', 4000, (j: number) => j - 1],
    ['a star of hands', 4000, (j: number) => (j === 0 ? -1 : 0)],
    ['a comb of hands', 4000, (j: number) => (j === 0 ? -1 : j % 2 === 0 ? j - 1 : 0)],
    ['more joints than a body has', 200_000, (j: number) => j - 1],
  ])('%s', (_, count, parentOf) => {
    const joints = Array.from({ length: count }, (_, j) => ({
      name: `LeftHand${j}`,
      sourceName: 'LeftHand',
      parent: parentOf(j),
      restTranslation: [0, 0.1, 0] as const,
      restRotation: [0, 0, 0, 1] as const,
      restScale: [1, 1, 1] as const,
    }));
    expect(codeOf(() => characterise({ joints }))).toBe('retarget/no-roles');
  });

  it('a horse, though its limbs are called arms and legs', () => {
    const horse = skeletonOf([
      ['Hips', '', 0, 1.2, -0.6],
      ['Spine', 'Hips', 0, 1.25, 0],
      ['Chest', 'Spine', 0, 1.25, 0.5],
      ['Neck', 'Chest', 0, 1.5, 0.8],
      ['Head', 'Neck', 0, 1.8, 1],
      ...bothSides([
        ['UpperArm_?', 'Chest', 0.15, 1.1, 0.5],
        ['ForeArm_?', 'UpperArm_?', 0.15, 0.6, 0.45],
        ['Hand_?', 'ForeArm_?', 0.15, 0.05, 0.5],
        ['Thigh_?', 'Hips', 0.15, 1.1, -0.6],
        ['Calf_?', 'Thigh_?', 0.15, 0.6, -0.55],
        ['Foot_?', 'Calf_?', 0.15, 0.05, -0.6],
      ]),
    ]);
    expect(codeOf(() => characterise(horse))).toBe('retarget/four-legged');
  });
});

describe('characterise by name', () => {
  it('finds the 22 roles, spine and neck, and is sure', () => {
    const body = characterise(skeletonOf(mixamo));
    expect(Object.keys(body.roles).sort()).toEqual([...BODY_ROLES].sort());
    expect(Math.min(...Object.values(body.certainty))).toBeGreaterThan(0.9);
    expect(body.family).toBe('mixamo');
    expect(body.warnings).toEqual([]);
  });

  it.each(['mixamorig:', 'mixamorig7:', 'mixamorig_', 'ns1:ns2:', 'Character1_', 'hero-', 'Bip01 '])(
    'reads the same with the prefix "%s"',
    (prefix) => {
      const bare = skeletonOf(mixamo);
      const rows = renamed(mixamo, (name) => prefix + name);
      expect(characterise(skeletonOf(rows)).roles).toEqual(characterise(bare).roles);
    },
  );

  it('reads the same in any letter case and with any spelling of the sides', () => {
    const wanted = characterise(skeletonOf(mixamo)).roles;
    const spellings: ((name: string, side: 'L' | 'R') => string)[] = [
      (name, side) =>
        name.replace(
          /^\?(.*)/,
          (_, part: string) => `${side === 'L' ? 'left' : 'right'}_${part.toLowerCase()}`,
        ),
      (name, side) => name.replace(/^\?(.*)/, `$1.${side}`),
      (name, side) => name.replace(/^\?(.*)/, `$1_${side.toLowerCase()}`),
      (name, side) => name.replace(/^\?(.*)/, `${side}_$1`),
      (name, side) => name.replace(/^\?(.*)/, `${side.toLowerCase()}$1`),
    ];
    for (const spell of spellings)
      expect(characterise(skeletonOf(figureRows(MIXAMO, spell))).roles).toEqual(wanted);
  });

  it('takes off running numbers that an exporter hung on', () => {
    const rows = renamed(mixamo, (name) => `${name}_0${mixamo.findIndex(([other]) => other === name)}`);
    expect(characterise(skeletonOf(rows)).roles).toEqual(characterise(skeletonOf(mixamo)).roles);
  });

  const spelled = (arm: Spelling['arm'], leg: Spelling['leg']): Record<string, string> => {
    const skeleton = skeletonOf(figureRows({ ...MIXAMO, arm, leg }, inWords));
    return namesOf(skeleton, characterise(skeleton));
  };

  it('reads Shoulder as the upper arm below a collar, and Hip as the thigh (Xsens)', () => {
    const names = spelled(['?Collar', '?Shoulder', '?Elbow', '?Wrist'], ['?Hip', '?Knee', '?Ankle', '?Toe']);
    expect(names).toMatchObject({ clavicleL: 'LeftCollar', upperArmL: 'LeftShoulder', thighR: 'RightHip' });
  });

  it('reads Foot as the toe below an ankle (SMPL)', () => {
    const names = spelled(
      ['?_collar', '?_shoulder', '?_elbow', '?_wrist'],
      ['?_hip', '?_knee', '?_ankle', '?_foot'],
    );
    expect(names).toMatchObject({ footL: 'Left_ankle', toeL: 'Left_foot' });
  });

  it('reads one-letter sides without a separator where both are there (Acclaim)', () => {
    const spell = (name: string, side: 'L' | 'R'): string => name.replace('?', side.toLowerCase());
    const skeleton = skeletonOf(
      figureRows(
        {
          ...MIXAMO,
          arm: ['?clavicle', '?humerus', '?radius', '?hand'],
          leg: ['?femur', '?tibia', '?foot', '?toes'],
        },
        spell,
      ),
    );
    expect(namesOf(skeleton, characterise(skeleton))).toMatchObject({
      upperArmL: 'lhumerus',
      calfR: 'rtibia',
    });
  });

  it('takes the joint that carries the body for the pelvis, not a side branch of that name (CC)', () => {
    const rows = mixamo.map(
      ([name, parent, ...place]): Row => [name, /UpLeg/.test(name) ? 'Pelvis' : parent, ...place],
    );
    rows.splice(1, 0, ['Pelvis', 'Hips', 0, 0.96, 0]);
    const skeleton = skeletonOf(rows);
    expect(namesOf(skeleton, characterise(skeleton)).pelvis).toBe('Hips');
  });

  it('takes the deeper of two pelvis joints that carry the body (Biped), thighs below the spine or not', () => {
    const rows = mixamo.map(
      ([name, parent, ...place]): Row => [
        name,
        /UpLeg/.test(name) ? 'Spine' : name === 'Spine' ? 'Pelvis' : parent,
        ...place,
      ],
    );
    rows.splice(1, 0, ['Pelvis', 'Hips', 0, 0.96, 0]);
    const skeleton = skeletonOf(rows);
    const body = characterise(skeleton);
    expect(namesOf(skeleton, body)).toMatchObject({ pelvis: 'Pelvis', spine1: 'Spine', thighL: 'LeftUpLeg' });
    expect(body.spine.map((joint) => skeleton.joints[joint].name)).toEqual(['Spine', 'Spine1', 'Spine2']);
  });

  it('lists all joints of a long spine and the middle one as spine2', () => {
    const spine = ['torso_1', 'torso_2', 'torso_3', 'torso_4', 'torso_5', 'torso_6', 'torso_7'];
    const skeleton = skeletonOf(figureRows({ ...MIXAMO, spine }, inWords));
    const body = characterise(skeleton);
    expect(body.spine).toHaveLength(7);
    expect(namesOf(skeleton, body)).toMatchObject({
      spine1: 'torso_1',
      spine2: 'torso_4',
      spine3: 'torso_7',
    });
  });

  it('has no spine2 in a spine of two', () => {
    const skeleton = skeletonOf(figureRows({ ...MIXAMO, spine: ['spine', 'chest'] }, inWords));
    expect(namesOf(skeleton, characterise(skeleton))).toMatchObject({ spine1: 'spine', spine3: 'chest' });
    expect(characterise(skeleton).roles.spine2).toBeUndefined();
  });

  it('has joints between two roles as twist joints in the chain, with their place along the limb', () => {
    const rows = mixamo.map(
      ([name, parent, ...place]): Row => [name, name === 'LeftForeArm' ? 'LeftArm02' : parent, ...place],
    );
    const at = rows.findIndex(([name]) => name === 'LeftForeArm');
    rows.splice(at, 0, ['LeftArm02', 'LeftArm', 0.25, 1.45, 0]);
    const body = characterise(skeletonOf(rows));
    expect(body.twists).toHaveLength(1);
    expect(body.twists[0]).toMatchObject({ joint: at, limb: 'upperArmL', inChain: true });
    expect(body.twists[0].fraction).toBeCloseTo(0.25, 2);
  });
});

describe('characterise by pose', () => {
  it('exchanges sides that are named from the viewer, with a warning for arms and for legs', () => {
    const crossed = figureRows(MIXAMO, (name, side) => inWords(name, side === 'L' ? 'R' : 'L'));
    const skeleton = skeletonOf(crossed);
    const body = characterise(skeleton);
    expect(namesOf(skeleton, body)).toMatchObject({ thighL: 'RightUpLeg', handR: 'LeftHand' });
    expect(body.warnings.map(({ code }) => code)).toEqual([
      'retarget/crossed-sides',
      'retarget/crossed-sides',
    ]);
  });

  it('judges sides by where the toes point, not by the world: a figure that faces -Z is right as named', () => {
    const turned = mixamo.map(([name, parent, x, y, z]): Row => [name, parent, -x, y, -z]);
    expect(characterise(skeletonOf(turned)).warnings).toEqual([]);
  });

  it('believes the names of a rest pose that is no person, less surely, and the pose that comes with it', () => {
    // Every limb along +X, as LAFAN1 has it; on top of it the sides of the legs would read as crossed.
    const depth = new Map<string, number>();
    const flat = mixamo.map(([name, parent]): Row => {
      depth.set(name, (depth.get(parent) ?? -0.3) + 0.3);
      const side = /^Left/.test(name) ? -0.1 : /^Right/.test(name) ? 0.1 : 0;
      return [name, parent, depth.get(name) as number, 1, side];
    });
    const skeleton = skeletonOf(flat);
    const standing = skeletonOf(mixamo);
    const unsure = characterise(skeleton);
    const sure = characterise(skeleton, { pose: restWorldPose(standing) });
    expect(unsure.roles).toEqual(characterise(standing).roles);
    expect(unsure.warnings).toEqual([]);
    expect(unsure.certainty.thighL).toBeLessThan(sure.certainty.thighL as number);
  });

  it('finds all roles of a figure without names, less surely', () => {
    const skeleton = skeletonOf(
      renamed(mixamo, (name) => `joint_${mixamo.findIndex(([other]) => other === name)}`),
    );
    const body = characterise(skeleton);
    expect(body.roles).toEqual(characterise(skeletonOf(mixamo)).roles);
    expect(body.family).toBe('unknown');
    expect(Math.max(...Object.values(body.certainty))).toBeLessThan(0.8);
  });

  describe('without names', () => {
    const found = (rows: readonly Row[]): Record<string, string> => {
      const numbered = renamed(rows, (name) => `joint_${rows.findIndex(([other]) => other === name)}`);
      const body = characterise(skeletonOf(numbered));
      return Object.fromEntries(
        Object.entries(body.roles).map(([role, joint]) => [role, rows[joint]?.[0] ?? '']),
      );
    };
    const onFloor: Row[] = [
      ['floor', '', 0, 0, 0],
      ...mixamo.map(([name, parent, ...place]): Row => [name, parent === '' ? 'floor' : parent, ...place]),
    ];

    it('finds feet that hang on the joint at the floor, and not the aims of the knees', () => {
      const apart = onFloor.flatMap(([name, parent, x, y, z]): Row[] => {
        if (name.endsWith('ToeBase')) return [];
        if (!name.endsWith('Foot')) return [[name, parent, x, y, z]];
        return [
          [name, 'floor', x, y, z],
          [`${name}Pole`, 'floor', 1.4 * x, 0.5, 1],
        ];
      });
      expect(found(apart)).toMatchObject({ calfL: 'LeftLeg', footL: 'LeftFoot', footR: 'RightFoot' });
    });

    it('takes the upper of two joints in the place of the pelvis for it, and the last below for the spine', () => {
      const doubled = onFloor.flatMap(([name, parent, x, y, z]): Row[] => {
        if (name === 'Hips') {
          return [
            [name, parent, x, y, z],
            ['Carrier', name, x, y, z],
          ];
        }
        if (name === 'Spine') {
          const [, , hx, hy, hz] = onFloor.find(([other]) => other === 'Hips') as Row;
          return [
            ['Low', 'Carrier', hx, hy, hz],
            [name, 'Low', x, y, z],
          ];
        }
        return [[name, parent === 'Hips' ? 'Carrier' : parent, x, y, z]];
      });
      expect(found(doubled)).toMatchObject({ pelvis: 'Hips', spine1: 'Low', thighL: 'LeftUpLeg' });
    });

    it('takes the joint that the trunk rises from for the pelvis where legs hang above it', () => {
      const sunk = mixamo.flatMap(([name, parent, x, y, z]): Row[] => {
        if (name === 'Hips') {
          return [
            ['Body', '', x, y + 0.03, z + 0.05],
            [name, 'Body', x, y - 0.06, z],
          ];
        }
        return [[name, name.endsWith('UpLeg') ? 'Body' : parent, x, y, z]];
      });
      expect(found(sunk)).toMatchObject({ pelvis: 'Hips', spine1: 'Spine', thighR: 'RightUpLeg' });
    });

    it('takes the hand that carries most where each finger has one', () => {
      const palms = mixamo.flatMap(([name, parent, x, y, z]): Row[] => {
        if (!name.endsWith('Hand')) return [[name, parent, x, y, z]];
        const out = Math.sign(x);
        return [
          [name, parent, x, y, z],
          [`${name}Middle`, name, x + 0.08 * out, y, z],
          [`${name}Thumb`, name, x + 0.03 * out, y, z + 0.04],
          [`${name}Other`, parent, x, y, z],
          [`${name}Ring`, `${name}Other`, x + 0.09 * out, y, z - 0.03],
        ];
      });
      expect(found(palms)).toMatchObject({ handL: 'LeftHand', handR: 'RightHand' });
    });
  });

  it('finds the same joints wherever the figure stands, however tall it is and wherever it looks', () => {
    const nameless = renamed(mixamo, (name) => `j${mixamo.findIndex(([other]) => other === name)}`);
    const wanted = characterise(skeletonOf(nameless)).roles;
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 50, noNaN: true }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (size, turn, move) => {
          const [c, s] = [Math.cos(turn), Math.sin(turn)];
          const rows = nameless.map(
            ([name, parent, x, y, z]): Row => [
              name,
              parent,
              size * (c * x + s * z) + move,
              size * y,
              size * (c * z - s * x) - move,
            ],
          );
          expect(characterise(skeletonOf(rows)).roles).toEqual(wanted);
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it('ends the spine where the arms begin in a figure without a head', () => {
    const rows = mixamo.filter(([name]) => name !== 'Head' && name !== 'Neck');
    const skeleton = skeletonOf(rows);
    const body = characterise(skeleton);
    expect(body.spine.map((joint) => skeleton.joints[joint].name)).toEqual(['Spine', 'Spine1', 'Spine2']);
    expect(body.roles.head).toBeUndefined();
  });

  it('reads a shoulder as the clavicle where the arm that follows has a strange name', () => {
    const rows = renamed(mixamo, (name) => (name === 'RightArm' ? 'RightGizmo' : name));
    const skeleton = skeletonOf(rows);
    expect(namesOf(skeleton, characterise(skeleton))).toMatchObject({
      clavicleR: 'RightShoulder',
      upperArmR: 'RightGizmo',
    });
  });

  it('tells left from right by the ends of the feet where there are no toes', () => {
    const rows = mixamo.filter(([name]) => !/ToeBase/.test(name));
    const crossed = skeletonOf(
      renamed(rows, (name) => inWords(name.replace(/^Left|^Right/, '?'), /^Left/.test(name) ? 'R' : 'L')),
    );
    const straight = crossed.joints.map((joint) => {
      const [x, y] = joint.restTranslation;
      return { ...joint, restTranslation: [x, y, 0] as const };
    });
    const footed = straight.map((joint) =>
      /Foot/.test(joint.name) ? { ...joint, endOffset: [0, -0.07, 0.15] as const } : joint,
    );
    expect(characterise({ joints: straight }).warnings).toEqual([]);
    expect(characterise({ joints: footed }).warnings).toHaveLength(2);
  });

  it('fills a part that has a name of no language from its place in the limb', () => {
    const rows = renamed(mixamo, (name) => (name === 'LeftForeArm' ? 'LeftGizmo' : name));
    const skeleton = skeletonOf(rows);
    const body = characterise(skeleton);
    expect(namesOf(skeleton, body).forearmL).toBe('LeftGizmo');
    expect(body.certainty.forearmL).toBeLessThan(body.certainty.forearmR as number);
  });
});

describe('characterise with what is given', () => {
  it('believes a bone map against names and pose, and `null` for a part that is not there', () => {
    const skeleton = skeletonOf(mixamo);
    const at = (name: string): number => skeleton.joints.findIndex((joint) => joint.name === name);
    const body = characterise(skeleton, {
      given: {
        roles: { thighL: at('RightUpLeg'), thighR: at('LeftUpLeg'), toeL: null },
        chains: { spine: [at('Spine'), at('Spine2')] },
      },
    });
    expect(namesOf(skeleton, body)).toMatchObject({ thighL: 'RightUpLeg', spine3: 'Spine2' });
    expect(body.roles.toeL).toBeUndefined();
    expect(body.certainty.thighL).toBe(1);
    expect(body.spine).toEqual([at('Spine'), at('Spine2')]);
  });

  it('takes the humanoid bones that a file names itself, and the joint above an end marker', () => {
    const rows = renamed(mixamo, (name) => `n${mixamo.findIndex(([other]) => other === name)}`);
    const head = rows.find(([, , , y]) => y === 1.6)?.[0] as string;
    rows.push(['ENDSITE', head, 0, 1.601, 0.02]);
    const skeleton = skeletonOf(rows);
    const body = characterise(skeleton, { humanoid: { hips: 0, head: rows.length - 1 } });
    expect(skeleton.joints[body.roles.head as number].name).toBe(head);
    expect(body.certainty.head).toBe(1);
  });
});

describe('characterise finds hands and helpers', () => {
  const hand: Row[] = (['Thumb', 'Index', 'Middle', 'Ring', 'Pinky'] as const).flatMap((finger, i): Row[] => {
    const z = finger === 'Thumb' ? 0.06 : 0.03 - 0.02 * i + 0.02;
    const x = finger === 'Thumb' ? 0.74 : 0.8;
    return [1, 2, 3, 4].map(
      (n): Row => [
        `?Hand${finger}${n}`,
        n === 1 ? '?Hand' : `?Hand${finger}${n - 1}`,
        x + 0.025 * (n - 1),
        1.45,
        z,
      ],
    );
  });
  const rows = [...mixamo, ...bothSides(hand, inWords)];

  it('has fingers from the knuckle to the last joint that bends, by name', () => {
    const skeleton = skeletonOf(rows);
    const { fingers } = characterise(skeleton);
    expect(fingers.L.index?.joints.map((joint) => skeleton.joints[joint].name)).toEqual([
      'LeftHandIndex1',
      'LeftHandIndex2',
      'LeftHandIndex3',
    ]);
    expect(Object.keys(fingers.R).sort()).toEqual(['index', 'middle', 'pinky', 'ring', 'thumb']);
  });

  it('has the same fingers without names', () => {
    const nameless = renamed(rows, (name) => `joint_${rows.findIndex(([other]) => other === name)}`);
    expect(characterise(skeletonOf(nameless)).fingers).toEqual(characterise(skeletonOf(rows)).fingers);
  });

  it('takes metacarpals apart from the fingers they carry', () => {
    const inHand = rows.flatMap(([name, parent, x, y, z]): Row[] =>
      /Index1$/.test(name)
        ? [
            [name.replace('HandIndex1', 'InHandIndex'), parent, x - 0.05 * Math.sign(x), y, z],
            [name, name.replace('HandIndex1', 'InHandIndex'), x, y, z],
          ]
        : [[name, parent, x, y, z]],
    );
    const skeleton = skeletonOf(inHand);
    const { index } = characterise(skeleton).fingers.L;
    expect(skeleton.joints[index?.metacarpal as number].name).toBe('LeftInHandIndex');
    expect(index?.joints).toHaveLength(3);
  });

  it("has UE's helper joints with what they follow, and the joint at the floor as root", () => {
    const withRoot: Row[] = [
      ['root', '', 0, 0, 0],
      ...mixamo.map(([name, parent, ...place]): Row => [name, parent === '' ? 'root' : parent, ...place]),
      ['ik_foot_root', 'root', 0, 0, 0],
      ['ik_foot_l', 'ik_foot_root', 0.1, 0.08, 0],
      ['ik_hand_root', 'root', 0, 0, 0],
      ['ik_hand_gun', 'ik_hand_root', -0.72, 1.45, 0],
      ['center_of_mass', 'root', 0, 0, 0],
    ];
    const skeleton = skeletonOf(withRoot);
    const body = characterise(skeleton);
    const follows = body.helpers.map(({ joint, follows }) => [skeleton.joints[joint].name, follows]);
    expect(follows).toEqual([
      ['ik_foot_root', 'root'],
      ['ik_foot_l', 'footL'],
      ['ik_hand_root', 'root'],
      ['ik_hand_gun', 'handR'],
      ['center_of_mass', 'root'],
    ]);
    expect(body.root).toBe(0);
  });

  it('has no root where the pelvis is the topmost joint', () => {
    expect(characterise(skeletonOf(mixamo)).root).toBeUndefined();
  });
});

describe.skipIf(sharedSkeletons.length === 0)('every skeleton of the shared files', () => {
  it('has the same roles, sides and fingers if all its joints are called joint_N', async () => {
    const wrong: string[] = [];
    const count = { roles: 0, fingers: 0, fingersRight: 0 };
    for await (const { file, scene, body } of sharedScenes()) {
      const found = bodyOfScene(nameless(scene));
      for (const [role, joint] of Object.entries(body.roles)) {
        count.roles++;
        const other = found.roles[role as 'pelvis'];
        if (other !== joint) wrong.push(`${file} ${role}`);
      }
      for (const side of ['L', 'R'] as const)
        for (const [finger, { joints }] of Object.entries(body.fingers[side])) {
          const others = found.fingers[side][finger as 'thumb']?.joints ?? [];
          count.fingers += joints.length;
          count.fingersRight += joints.filter((joint, i) => others[i] === joint).length;
        }
    }
    expect(count.roles).toBeGreaterThan(900);
    expect(wrong).toEqual([]);
    expect(count.fingersRight / count.fingers).toBeGreaterThan(0.95);
  }, 60_000);
});
