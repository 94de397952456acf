import { z } from 'zod';
import { UeAnimationSettings, UeMarks, UeRate } from './animation.js';
import { IK_CALLS } from './ik-calls.js';
import { LIVE_CALLS } from './live-calls.js';
import { UeChannel, UePoseSearchDatabase, UePoseSearchSchema } from './pose-search.js';

const assetPath = z.string().startsWith('/').describe('content path');
const jobId = z.string().min(1).max(64).describe('chosen by the caller, new for every job');
const count = z.number().int().nonnegative();

/** What a written asset remembers, and whether it may replace one that Gaitway did not make. */
const made = {
  contentHash: z.string().min(1).describe('kept with the asset'),
  sourceName: z.string().describe('kept with the asset'),
  force: z.boolean().describe('write over an asset that Gaitway did not make'),
};

const Bone = z
  .strictObject({
    name: z.string().min(1),
    parent: z.number().int().min(-1).describe('index of the parent; −1 for a root'),
    translation: z.tuple([z.number(), z.number(), z.number()]),
    rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]).describe('x y z w'),
    scale: z.tuple([z.number(), z.number(), z.number()]),
  })
  .describe(
    "A bone and its place to its parent in the skeleton's reference pose: Unreal's axes, centimetres.",
  );
export type UeBone = z.infer<typeof Bone>;

const ReadBack = z
  .strictObject({ frames: count, maxCm: z.number(), maxDeg: z.number() })
  .describe('How far what the asset gives back lies from what was sent, over so many of its keys.');

export const PushResult = z.strictObject({
  asset: assetPath,
  created: z.boolean(),
  keys: count,
  rate: UeRate,
  readBack: ReadBack,
  warnings: z.array(z.string()),
});
export type PushResult = z.infer<typeof PushResult>;

export const PullResult = z.strictObject({
  asset: assetPath,
  skeleton: assetPath,
  bones: z.array(Bone).min(1),
  keys: z.number().int().min(1),
  rate: UeRate,
  hasScales: z.boolean(),
  curves: z.array(z.string()),
  settings: UeAnimationSettings,
  marks: UeMarks,
  byteLength: count.describe('length of the block of numbers'),
  contentHash: z.string().describe('SHA-256 of the block, in hex'),
});
export type PullResult = z.infer<typeof PullResult>;

export const JobStatus = z.strictObject({
  job: jobId,
  kind: z.enum(['push', 'pull']),
  state: z.enum(['receiving', 'running', 'done', 'failed', 'cancelled']),
  done: count,
  total: count,
  note: z.string(),
  result: z.unknown().describe('PushResult or PullResult once the job is done, else null'),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type JobStatus = z.infer<typeof JobStatus>;

/** What the shapes are called that several calls share. */
export const SHAPES = {
  Rate: UeRate,
  AnimationSettings: UeAnimationSettings,
  Marks: UeMarks,
  Bone,
  ReadBack,
  PushResult,
  PullResult,
  JobStatus,
  PoseSearchChannel: UeChannel,
  PoseSearchSchema: UePoseSearchSchema,
  PoseSearchDatabase: UePoseSearchDatabase,
} as const;

/**
 * Every call of the plugin: what it is for, takes and gives, whether it may be sent again without harm.
 *
 * Numbers travel as one block of little-endian float32: translations [keys, bones, 3] in centimetres, rotations
 * [keys, bones, 4], scales [keys, bones, 3] where `hasScales`, then each curve [keys]. It goes in base64 pieces,
 * or as a file in the project's `Saved/Gaitway/transfer` where both ends see that folder.
 */
export const CALLS = {
  hello: {
    about: 'The one call that needs no token and that every version must understand; so it is loose.',
    repeatable: true,
    takes: z.looseObject({ client: z.string() }),
    gives: z.looseObject({
      protocol: z.number().int().positive(),
      plugin: z.string(),
      engine: z.string(),
      project: z.string(),
    }),
  },
  capabilities: {
    about: 'What this editor can do, found by trying.',
    repeatable: true,
    takes: z.strictObject({}),
    gives: z.strictObject({
      engine: z.string(),
      python: z.string(),
      defaultRate: UeRate,
      throttleWhenUnfocused: z.boolean(),
      poseSearch: z.boolean(),
      poseSearchAnimationAssets: z
        .boolean()
        .describe('a database’s list of clips can be set directly (5.4), not only through notifies'),
      poseSearchBranchIn: z.boolean(),
      ikRig: z.boolean(),
      neuralModels: z.boolean().describe('ONNX files can be imported for NNE'),
      skeletonModifier: z.boolean(),
      missing: z.array(z.string()).describe('what the plugin needs and did not find, in sentences'),
    }),
  },
  list_skeletons: {
    about: 'The skeletons under a content folder.',
    repeatable: true,
    takes: z.strictObject({ folder: assetPath }),
    gives: z.strictObject({ skeletons: z.array(assetPath) }),
  },
  skeleton: {
    about: 'A skeleton’s bones, parents first; the path of a mesh gives that mesh’s skeleton.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, bones: z.array(Bone).min(1) }),
  },
  list_animations: {
    about: 'The animations under a content folder, from the asset registry: none is loaded.',
    repeatable: true,
    takes: z.strictObject({
      folder: assetPath,
      search: z
        .string()
        .max(1000)
        .describe('words that must all be in the path, the skeleton or a tag; letter case does not matter'),
    }),
    gives: z.strictObject({
      animations: z.array(
        z.strictObject({
          path: assetPath,
          skeleton: z.string(),
          seconds: z.number().nonnegative().nullable().describe('null where the registry does not say'),
          tags: z.record(z.string(), z.string()).describe('of the asset registry; long values are cut off'),
        }),
      ),
    }),
  },
  describe_animation: {
    about:
      'What stands at a path; `contentHash` is that of the last push, empty where another tool made the asset.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({
      exists: z.boolean(),
      skeleton: z.string(),
      keys: count,
      rate: UeRate,
      contentHash: z.string(),
    }),
  },
  pose_search_schema: {
    about:
      'What a PoseSearch schema compares; classes of channels that the plugin does not know are named in `skipped`.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, skipped: z.array(z.string()), schema: UePoseSearchSchema }),
  },
  write_pose_search_schema: {
    about: 'Makes a schema or changes it in place; written twice it is the same.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath, schema: UePoseSearchSchema, ...made }),
    gives: z.strictObject({ path: assetPath, created: z.boolean() }),
  },
  pose_search_database: {
    about: 'What a PoseSearch database searches, and how.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, database: UePoseSearchDatabase }),
  },
  write_pose_search_database: {
    about: 'Makes a database or changes it in place; its schema and animations are there before.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath, database: UePoseSearchDatabase, ...made }),
    gives: z.strictObject({
      path: assetPath,
      created: z.boolean(),
      clips: count,
      route: z
        .enum(['list', 'notifies'])
        .describe(
          'how the clips came in: set and read back (5.4), or by a notify on each, which cannot be read back',
        ),
      warnings: z.array(z.string()),
    }),
  },
  write_pose_search_normalization_set: {
    about:
      'Makes a normalisation set of databases that are there, or changes it in place, and tells the databases of it.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath, databases: z.array(assetPath).min(1), ...made }),
    gives: z.strictObject({ path: assetPath, created: z.boolean() }),
  },
  push_begin: {
    about: 'Checks all that can be checked before the numbers come; nothing in the editor changes.',
    repeatable: false,
    takes: z.strictObject({
      job: jobId,
      asset: assetPath,
      skeleton: assetPath,
      keys: z.number().int().min(2),
      rate: UeRate,
      bones: z.array(z.string()).min(1),
      hasScales: z.boolean(),
      curves: z.array(z.string()),
      settings: UeAnimationSettings.partial().describe('settings to set; others stay as they are'),
      marks: UeMarks.describe(
        'replace the notifies and sync markers on the tracks that are named here; other tracks stay as they are',
      ),
      keepRate: z
        .boolean()
        .describe(
          "take a rate that is no multiple or factor of the asset's over a common multiple, rather than refuse",
        ),
      sourceName: z.string(),
      contentHash: z.string().describe('SHA-256 of all that is pushed, kept with the asset'),
      blockHash: z.string().describe('SHA-256 of the block, in hex'),
      byteLength: count,
      force: z.boolean().describe('write over an animation that Gaitway did not make'),
    }),
    gives: z.strictObject({ exists: z.boolean() }),
  },
  push_chunk: {
    about: 'A piece of the numbers; pieces may come in any order, and twice.',
    repeatable: true,
    takes: z.strictObject({ job: jobId, offset: count, data: z.base64() }),
    gives: z.strictObject({ received: count }),
  },
  push_commit: {
    about:
      'The numbers are complete (in pieces, or in the file of that name): the asset is written from the next tick on.',
    repeatable: false,
    takes: z.strictObject({ job: jobId, file: z.string().nullable() }),
    gives: z.strictObject({}),
  },
  pull_begin: {
    about: 'Starts reading an animation; its job gives a PullResult.',
    repeatable: false,
    takes: z.strictObject({ job: jobId, asset: assetPath }),
    gives: z.strictObject({ keys: count }),
  },
  pull_read: {
    about: 'A piece of a finished pull’s numbers.',
    repeatable: true,
    takes: z.strictObject({ job: jobId, offset: count, length: count }),
    gives: z.strictObject({ data: z.base64() }),
  },
  pull_file: {
    about: 'Writes a finished pull’s block into `Saved/Gaitway/transfer` and tells the file’s name.',
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: z.strictObject({ file: z.string() }),
  },
  job_status: {
    about: 'How far a job is.',
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: JobStatus,
  },
  job_cancel: {
    about: 'Stops a job, or forgets a finished one; true where there was one.',
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: z.strictObject({ known: z.boolean() }),
  },
  ...IK_CALLS,
  ...LIVE_CALLS,
  prove: {
    about:
      'Tries one thing out that is only inferred of the engine and tells what was seen, for gaitway doctor --prove. What is made lies ' +
      'under /Game/GaitwayProof.',
    repeatable: false,
    takes: z.strictObject({
      check: z.enum([
        'names',
        'pose-text',
        'frame-rate',
        'missing-bone',
        'import-text',
        'branch-in',
        'ring',
        'delete',
      ]),
      asset: z.string(),
      skeleton: z.string(),
      clip: z.string(),
      first: count,
      count,
    }),
    gives: z.looseObject({}).describe('what was seen; each proof its own'),
  },
} as const;

export type CallName = keyof typeof CALLS;
export type CallTakes<N extends CallName> = z.infer<(typeof CALLS)[N]['takes']>;
export type CallGives<N extends CallName> = z.infer<(typeof CALLS)[N]['gives']>;
