import { describe, expect, it } from 'vitest';
import { UePoseSearchSchema } from '../../../src/bridge/protocol/index.js';
import { BUILT_IN_SCHEMAS, layoutOf, parseFeatureSchema } from '../../../src/motion/index.js';
import { fromUnrealSchema } from '../../../src/pipeline/unreal-schema/from-unreal.js';
import { toUnrealSchema } from '../../../src/pipeline/unreal-schema/to-unreal.js';

const BONES = { footL: 'foot_l', footR: 'foot_r', pelvis: 'pelvis' };
const ROLES = Object.fromEntries(Object.entries(BONES).map(([role, bone]) => [bone, role]));

describe('a feature schema for Unreal', () => {
  it("has, for Unreal's default, the channels, flags and weights that Unreal's own default has", () => {
    const { schema, told } = toUnrealSchema(BUILT_IN_SCHEMAS.ue54(), '/Game/SK', BONES);
    expect(told).toEqual([]);
    expect(schema).toMatchObject({ sample_rate: 30, data_preprocessor: 'NORMALIZE', skeleton: '/Game/SK' });
    const [path, pose] = schema.channels;
    expect(path).toMatchObject({
      class: 'PoseSearchFeatureChannel_Trajectory',
      weight: 7,
      samples: [
        { offset: -0.4, flags: 32, weight: 0.4 },
        { offset: 0, flags: 16 + 128, weight: 2 },
        { offset: 0.35, flags: 32 + 128, weight: 0.7 },
        { offset: 0.7, flags: 16 + 32 + 128, weight: 0.5 },
      ],
    });
    expect(pose).toMatchObject({
      class: 'PoseSearchFeatureChannel_Pose',
      use_character_space_velocities: true,
      sampled_bones: [
        { reference: 'foot_l', flags: 3, weight: 1 },
        { reference: 'foot_r', flags: 3, weight: 1 },
      ],
    });
  });

  it('squares weights of values, and tells what Unreal does otherwise', () => {
    const { schema, told } = toUnrealSchema(BUILT_IN_SCHEMAS.holden(), '/Game/SK', BONES);
    expect(schema.channels[0]).toMatchObject({
      class: 'PoseSearchFeatureChannel_Position',
      weight: 0.5625,
      bone: 'foot_l',
    });
    expect(told.map(({ message }) => message).join('\n')).toMatch(/scales each sample of a trajectory/);
  });

  it("turns a joint's own axes into Unreal's, where y and z are exchanged", () => {
    const heading = (axis: string) =>
      toUnrealSchema(
        parseFeatureSchema({ name: 'a', channels: [{ type: 'heading', joint: 'head', axis }] }),
        '/Game/SK',
        BONES,
      ).schema.channels[0];
    expect(heading('y')).toMatchObject({ bone: 'head', heading_axis: 'Z' });
    expect(heading('z')).toMatchObject({ heading_axis: 'Y' });
  });

  it('comes back as it went, every channel of it', () => {
    const schema = parseFeatureSchema({
      name: 'every',
      weighting: 'costs',
      preprocess: 'normalise',
      spread: 'unreal',
      velocityOver: 1 / 60,
      channels: [
        {
          type: 'position',
          role: 'footL',
          originRole: 'pelvis',
          originTime: -0.1,
          time: 0.2,
          keep: 'ground',
          weight: 2,
          normalisationGroup: 'feet',
        },
        { type: 'velocity', joint: 'hand_l', space: 'character', normalise: true, query: 'character' },
        { type: 'heading', joint: 'head', axis: 'z', keep: 'ground', time: 0.1, originTime: 0.3 },
        { type: 'phase', role: 'footR', weight: 0.5 },
        {
          type: 'pose',
          space: 'character',
          joints: [{ role: 'pelvis', rotation: true, phase: true, velocity: false, weight: 3 }],
        },
        {
          type: 'trajectory',
          scaling: 'apart',
          samples: [
            { time: 0.5, position: 'all', velocityDirection: true },
            { time: -0.3, velocity: true, facing: 'all', weight: 0.2 },
          ],
        },
        { type: 'group', name: 'group 7', channels: [{ type: 'position', role: 'footR' }] },
      ],
    });
    const { schema: ue, told } = toUnrealSchema(schema, '/Game/SK', BONES);
    expect(told).toEqual([]);
    const back = parseFeatureSchema(fromUnrealSchema('every', UePoseSearchSchema.parse(ue), ROLES));
    expect(back).toEqual(schema);
    expect(layoutOf(back)).toEqual(layoutOf(schema));
  });
});
