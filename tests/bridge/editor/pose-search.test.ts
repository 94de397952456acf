import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectEditor,
  type EditorSession,
  pullClip,
  pullSkeleton,
  pushClip,
  readToken,
  type UePoseSearchDatabase,
  type UePoseSearchSchema,
} from '../../../src/bridge/index.js';
import { madeClip } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const purpose = { purpose: 'testing' };
const CONTINUING = 'USE_CONTINUING_POSE';

/** A schema with a channel of every kind. */
function everyChannel(bone: string): UePoseSearchSchema {
  const common = {
    bone,
    origin_bone: '',
    weight: 1.5,
    sample_time_offset: -0.1,
    origin_time_offset: 0,
    input_query_pose: CONTINUING,
    component_stripping: 'STRIP_Z',
    normalization_group: 'legs',
  } as const;
  const phase = {
    class: 'PoseSearchFeatureChannel_Phase',
    bone,
    weight: 0.3,
    input_query_pose: 'USE_CHARACTER_POSE',
    normalization_group: '',
  } as const;
  return {
    skeleton: SKELETON,
    mirror_data_table: '',
    sample_rate: 30,
    data_preprocessor: 'NORMALIZE_ONLY_BY_DEVIATION',
    channels: [
      { class: 'PoseSearchFeatureChannel_Position', ...common },
      {
        class: 'PoseSearchFeatureChannel_Velocity',
        ...common,
        use_character_space_velocities: false,
        normalize: true,
      },
      { class: 'PoseSearchFeatureChannel_Heading', ...common, heading_axis: 'Y' },
      {
        class: 'PoseSearchFeatureChannel_Trajectory',
        weight: 7,
        samples: [{ class: 'PoseSearchTrajectorySample', offset: -0.4, flags: 32, weight: 0.4 }],
      },
      {
        class: 'PoseSearchFeatureChannel_Pose',
        weight: 1,
        sampled_bones: [
          { class: 'PoseSearchBone', reference: bone, flags: 3, weight: 1, normalization_group: '' },
        ],
        input_query_pose: CONTINUING,
        use_character_space_velocities: true,
      },
      { class: 'PoseSearchFeatureChannel_Group', sub_channels: [phase] },
    ],
  };
}

const DATABASE: UePoseSearchDatabase = {
  schema: '/Game/Motion/PSS_Walk',
  clips: [
    { animation: '/Game/Motion/Walk', mirror: 'UnmirroredAndMirrored', range: [0, 0], loops: true },
    { animation: '/Game/Motion/Run', mirror: 'UnmirroredOnly', range: [0.25, 0.5], loops: false },
    { animation: '/Game/Motion/Run', mirror: 'UnmirroredOnly', range: [0.625, 0.875], loops: false },
  ],
  continuing_pose_cost_bias: -0.02,
  base_cost_bias: 0,
  looping_cost_bias: -0.005,
  exclude_from_database_parameters: [0, -0.3],
  additional_extrapolation_time: [-100, 100],
  pose_search_mode: 'PCAKD_TREE',
  number_of_principal_components: 8,
  kd_tree_max_leaf_size: 16,
  kd_tree_query_num_neighbors: 200,
};
const made = { contentHash: 'abc', sourceName: 'motion.gwdb', force: false };

let editor: OpenedStandIn;
let session: EditorSession;
let schema: UePoseSearchSchema;
beforeAll(async () => {
  editor = await openStandIn();
  session = await editor.session();
  const skeleton = await pullSkeleton(session, SKELETON);
  schema = everyChannel(skeleton.skeleton.joints[1]?.name ?? '');
  const defaultRate = { numerator: 30, denominator: 1 };
  for (const name of ['Walk', 'Run'])
    await pushClip(session, { clip: madeClip(), asset: `/Game/Motion/${name}`, skeleton, defaultRate });
});
afterAll(() => editor.close());

/** The numbers as the engine keeps them. */
const in32Bits = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'number' ? Math.fround(part) : part))) as T;

describe('a PoseSearch schema in the editor', () => {
  it('is written with every kind of channel, and read back', async () => {
    const path = '/Game/Motion/PSS_Walk';
    const written = await session.call('write_pose_search_schema', { path, schema, ...made }, purpose);
    expect(written).toEqual({ path, created: true });
    const found = await session.call('pose_search_schema', { path }, purpose);
    expect(found).toEqual({ path, skipped: [], schema: in32Bits(schema) });
  });

  it('is changed in place where Gaitway made it', async () => {
    const path = '/Game/Motion/PSS_Walk';
    const changed = { ...schema, sample_rate: 60, channels: schema.channels.slice(0, 4) };
    const again = await session.call('write_pose_search_schema', { path, schema: changed, ...made }, purpose);
    expect(again.created).toBe(false);
    const found = await session.call('pose_search_schema', { path }, purpose);
    expect(found.schema).toEqual(in32Bits(changed));
  });

  it('is refused where it compares a bone that the skeleton lacks', async () => {
    const bad = everyChannel('tail_07');
    const path = '/Game/Motion/PSS_Tail';
    await expect(
      session.call('write_pose_search_schema', { path, schema: bad, ...made }, purpose),
    ).rejects.toMatchObject({ code: 'bridge/bone-missing', message: expect.stringContaining('tail_07') });
    await expect(session.call('pose_search_schema', { path }, purpose)).rejects.toMatchObject({
      code: 'bridge/asset-missing',
    });
  });

  it('is refused where its mirror table is missing', async () => {
    const path = '/Game/Motion/PSS_Mirror';
    const mirrored = { ...schema, mirror_data_table: '/Game/Motion/MDT_None' };
    await expect(
      session.call('write_pose_search_schema', { path, schema: mirrored, ...made }, purpose),
    ).rejects.toMatchObject({ code: 'bridge/asset-missing', message: expect.stringContaining('MDT_None') });
    expect((await editor.editor.inspect()).assets).not.toContain(path);
  });

  it('does not replace something else', async () => {
    await expect(
      session.call('write_pose_search_schema', { path: '/Game/Motion/Walk', schema, ...made }, purpose),
    ).rejects.toMatchObject({ code: 'bridge/asset-taken' });
  });
});

describe('a PoseSearch database in the editor', () => {
  it('is written with its clips and settings, and read back', async () => {
    const path = '/Game/Motion/PSD_Walk';
    const written = await session.call(
      'write_pose_search_database',
      { path, database: DATABASE, ...made },
      purpose,
    );
    expect(written).toEqual({ path, created: true, clips: 3, route: 'list', warnings: [] });
    const found = await session.call('pose_search_database', { path }, purpose);
    expect(found.database).toEqual(in32Bits(DATABASE));
  });

  it('leaves animations that loop already as they are', async () => {
    const path = '/Game/Motion/PSD_Still';
    const clips = DATABASE.clips.map((clip) => ({ ...clip, loops: false }));
    await session.call(
      'write_pose_search_database',
      { path, database: { ...DATABASE, clips }, ...made },
      purpose,
    );
    const found = await session.call('pose_search_database', { path }, purpose);
    expect(found.database.clips.map(({ loops }) => loops)).toEqual([true, false, false]);
  });

  it('is refused where an animation is missing', async () => {
    const jump = { animation: '/Game/Motion/Jump', mirror: 'UnmirroredOnly', range: [0, 0], loops: false };
    const path = '/Game/Motion/PSD_Jump';
    const database = { ...DATABASE, clips: [jump] } as UePoseSearchDatabase;
    await expect(
      session.call('write_pose_search_database', { path, database, ...made }, purpose),
    ).rejects.toMatchObject({
      code: 'bridge/animation-missing',
      message: expect.stringContaining('/Game/Motion/Jump'),
    });
  });

  it('leaves nothing behind where it cannot be saved', async () => {
    const path = '/Game/Motion/PSD_Locked';
    await editor.editor.fault({ refuse_save: path });
    await expect(
      session.call('write_pose_search_database', { path, database: DATABASE, ...made }, purpose),
    ).rejects.toMatchObject({ code: 'bridge/save-refused' });
    await editor.editor.fault({});
    expect((await editor.editor.inspect()).assets).not.toContain(path);
  });

  it('is there again, with its schema, after the editor was closed and opened', async () => {
    const again = await openStandIn({ projectFolder: editor.projectFolder });
    try {
      const other = await connectEditor({
        port: again.editor.port,
        token: () => readToken(again.projectFolder),
      });
      const found = await other.call('pose_search_database', { path: '/Game/Motion/PSD_Walk' }, purpose);
      other.close();
      expect(found.database).toEqual(in32Bits(DATABASE));
    } finally {
      await again.close();
    }
  });

  it('lies on disk as readable JSON', () => {
    const file = join(editor.projectFolder, 'Saved/GaitwayStandIn/Game/Motion/PSD_Walk.json');
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    expect(kept.class).toBe('PoseSearchDatabase');
    expect(kept.properties.schema).toEqual({ asset: '/Game/Motion/PSS_Walk' });
  });
});

describe('a channel that is none', () => {
  it('is refused by the plugin itself', async () => {
    const path = '/Game/Motion/PSS_Odd';
    const odd = (channel: object) =>
      session.call(
        'write_pose_search_schema',
        { path, schema: { ...schema, channels: [channel] } as UePoseSearchSchema, ...made },
        purpose,
      );
    const [first] = schema.channels;
    for (const channel of [{ class: 'PoseSearchFeatureChannel_Curve' }, { ...first, weight: 'much' }])
      await expect(odd(channel)).rejects.toMatchObject({ code: 'bridge/bad-request' });
  });
});

describe('a database whose list of clips is closed to scripts, as in 5.5', () => {
  const path = '/Game/Motion/PSD_Notified';
  const write = (database: UePoseSearchDatabase) =>
    session.call('write_pose_search_database', { path, database, ...made }, purpose);
  const branches = async (asset: string) =>
    (await pullClip(session, asset)).clip.events
      .filter(({ name }) => name.includes('PoseSearchBranchIn'))
      .map(({ time, duration }) => [Math.round(1e3 * time) / 1e3, Math.round(1e3 * duration) / 1e3]);
  beforeAll(() => editor.editor.fault({ close_database_list: true }));
  afterAll(() => editor.editor.fault({}));

  it('is told by the probe, and gets a notify on each animation', async () => {
    expect(await session.capabilities()).toMatchObject({
      poseSearchAnimationAssets: false,
      poseSearchBranchIn: true,
    });
    const written = await write(DATABASE);
    expect(written).toMatchObject({ route: 'notifies', clips: 3 });
    expect(written.warnings).toEqual([expect.stringContaining('1 clips of')]);
    expect(await branches('/Game/Motion/Walk')).toEqual([[0, 1.3]]);
    expect(await branches('/Game/Motion/Run')).toEqual([
      [0.25, 0.25],
      [0.625, 0.25],
    ]);
  });

  it('has them again after a restart, and only those of its clips after a change', async () => {
    await write({ ...DATABASE, clips: DATABASE.clips.slice(0, 2) });
    expect(await branches('/Game/Motion/Run')).toEqual([[0.25, 0.25]]);
    const again = await openStandIn({ projectFolder: editor.projectFolder });
    try {
      const other = await again.session();
      const back = await pullClip(other, '/Game/Motion/Run');
      expect(back.clip.events).toHaveLength(1);
    } finally {
      await again.close();
    }
  });

  it('is not read back from itself', async () => {
    await expect(session.call('pose_search_database', { path }, purpose)).rejects.toMatchObject({
      code: 'bridge/database-list-closed',
    });
  });
});

describe('a normalisation set', () => {
  const path = '/Game/Motion/PSN_All';
  const write = (databases: string[]) =>
    session.call('write_pose_search_normalization_set', { path, databases, ...made }, purpose);

  it('holds its databases, which know of it', async () => {
    const databases = ['/Game/Motion/PSD_Walk', '/Game/Motion/PSD_Still'];
    expect(await write(databases)).toEqual({ path, created: true });
    expect(await write(databases)).toEqual({ path, created: false });
    const kept = (name: string) =>
      JSON.parse(
        readFileSync(join(editor.projectFolder, `Saved/GaitwayStandIn/Game/Motion/${name}.json`), 'utf8'),
      ).properties;
    expect(kept('PSN_All').databases).toEqual(databases.map((asset) => ({ asset })));
    expect(kept('PSD_Still').normalization_set).toEqual({ asset: path });
  });

  it('is refused where a database is missing', async () => {
    await expect(write(['/Game/Motion/PSD_None'])).rejects.toMatchObject({ code: 'bridge/asset-missing' });
  });
});
