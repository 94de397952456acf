import { z } from 'zod';
import { UeAnimationSettings, UeMarks, UeRate } from './animation.js';
import { LIVE_CALLS } from './live-calls.js';
import { UePoseSearchDatabase, UePoseSearchSchema } from './pose-search.js';

const assetPath = z.string().startsWith('/');
const jobId = z.string().min(1).max(64);
const count = z.number().int().nonnegative();

/** What a written asset remembers, and whether it may replace one that Gaitway did not make. */
const made = { contentHash: z.string().min(1), sourceName: z.string(), force: z.boolean() };

/** A bone and its place to its parent in the skeleton's reference pose: Unreal's axes, centimetres. */
const Bone = z.strictObject({
  name: z.string().min(1),
  parent: z.number().int().min(-1),
  translation: z.tuple([z.number(), z.number(), z.number()]),
  rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  scale: z.tuple([z.number(), z.number(), z.number()]),
});
export type UeBone = z.infer<typeof Bone>;

/** How far what the asset gives back lies from what was sent. */
const ReadBack = z.strictObject({ frames: count, maxCm: z.number(), maxDeg: z.number() });

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
  /** Length of the block of numbers and its SHA-256. */
  byteLength: count,
  contentHash: z.string(),
});
export type PullResult = z.infer<typeof PullResult>;

export const JobStatus = z.strictObject({
  job: jobId,
  kind: z.enum(['push', 'pull']),
  state: z.enum(['receiving', 'running', 'done', 'failed', 'cancelled']),
  done: count,
  total: count,
  note: z.string(),
  result: z.unknown(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type JobStatus = z.infer<typeof JobStatus>;

/**
 * Every call of the plugin: what it takes, what it gives, whether it may be sent again without harm.
 *
 * Numbers travel as one block of little-endian float32: translations [keys, bones, 3] in centimetres, rotations
 * [keys, bones, 4], scales [keys, bones, 3] where `hasScales`, then each curve [keys]. It goes in base64 pieces,
 * or as a file in the project's `Saved/Gaitway/transfer` where both ends see that folder.
 */
export const CALLS = {
  /** The one call that needs no token and that every version must understand; so it is loose. */
  hello: {
    repeatable: true,
    takes: z.looseObject({ client: z.string() }),
    gives: z.looseObject({
      protocol: z.number().int().positive(),
      plugin: z.string(),
      engine: z.string(),
      project: z.string(),
    }),
  },
  /** What this editor can do, found by trying. */
  capabilities: {
    repeatable: true,
    takes: z.strictObject({}),
    gives: z.strictObject({
      engine: z.string(),
      python: z.string(),
      defaultRate: UeRate,
      throttleWhenUnfocused: z.boolean(),
      poseSearch: z.boolean(),
      /** A database's list of clips can be set directly (5.4), not only through notifies. */
      poseSearchAnimationAssets: z.boolean(),
      poseSearchBranchIn: z.boolean(),
      skeletonModifier: z.boolean(),
      /** What the plugin needs and did not find, in sentences. */
      missing: z.array(z.string()),
    }),
  },
  list_skeletons: {
    repeatable: true,
    takes: z.strictObject({ folder: assetPath }),
    gives: z.strictObject({ skeletons: z.array(assetPath) }),
  },
  skeleton: {
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, bones: z.array(Bone).min(1) }),
  },
  list_animations: {
    repeatable: true,
    takes: z.strictObject({ folder: assetPath }),
    gives: z.strictObject({
      animations: z.array(z.strictObject({ path: assetPath, skeleton: z.string() })),
    }),
  },
  /** What stands at a path; `contentHash` is that of the last push, empty where another tool made the asset. */
  describe_animation: {
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
  /** What a PoseSearch schema compares; classes of channels that the plugin does not know are named in `skipped`. */
  pose_search_schema: {
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, skipped: z.array(z.string()), schema: UePoseSearchSchema }),
  },
  /** Makes a schema or changes it in place; written twice it is the same. */
  write_pose_search_schema: {
    repeatable: true,
    takes: z.strictObject({ path: assetPath, schema: UePoseSearchSchema, ...made }),
    gives: z.strictObject({ path: assetPath, created: z.boolean() }),
  },
  pose_search_database: {
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, database: UePoseSearchDatabase }),
  },
  /** Makes a database or changes it in place; its schema and animations are there before. */
  write_pose_search_database: {
    repeatable: true,
    takes: z.strictObject({ path: assetPath, database: UePoseSearchDatabase, ...made }),
    gives: z.strictObject({ path: assetPath, created: z.boolean(), clips: count }),
  },
  /** Checks all that can be checked before the numbers come; nothing in the editor changes. */
  push_begin: {
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
      /** Settings to set; others stay as they are. */
      settings: UeAnimationSettings.partial(),
      /** Replaces notifies and sync markers on the tracks that are named here; other tracks stay as they are. */
      marks: UeMarks,
      /** Take a rate that is no multiple or factor of the asset's over a common multiple of both, rather than refuse. */
      keepRate: z.boolean(),
      sourceName: z.string(),
      contentHash: z.string(),
      byteLength: count,
      /** Write over an animation that Gaitway did not make. */
      force: z.boolean(),
    }),
    gives: z.strictObject({ exists: z.boolean() }),
  },
  push_chunk: {
    repeatable: true,
    takes: z.strictObject({ job: jobId, offset: count, data: z.base64() }),
    gives: z.strictObject({ received: count }),
  },
  /** The numbers are complete (in pieces, or in the file of that name): the asset is written from the next tick on. */
  push_commit: {
    repeatable: false,
    takes: z.strictObject({ job: jobId, file: z.string().nullable() }),
    gives: z.strictObject({}),
  },
  pull_begin: {
    repeatable: false,
    takes: z.strictObject({ job: jobId, asset: assetPath }),
    gives: z.strictObject({ keys: count }),
  },
  pull_read: {
    repeatable: true,
    takes: z.strictObject({ job: jobId, offset: count, length: count }),
    gives: z.strictObject({ data: z.base64() }),
  },
  /** Writes a finished pull's block into `Saved/Gaitway/transfer` and tells the file's name. */
  pull_file: {
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: z.strictObject({ file: z.string() }),
  },
  job_status: {
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: JobStatus,
  },
  /** Stops a job, or forgets a finished one; true where there was one. */
  job_cancel: {
    repeatable: true,
    takes: z.strictObject({ job: jobId }),
    gives: z.strictObject({ known: z.boolean() }),
  },
  ...LIVE_CALLS,
} as const;

export type CallName = keyof typeof CALLS;
export type CallTakes<N extends CallName> = z.infer<(typeof CALLS)[N]['takes']>;
export type CallGives<N extends CallName> = z.infer<(typeof CALLS)[N]['gives']>;
