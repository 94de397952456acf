import { basename } from 'node:path';
import type { EditorSession, EditorSkeleton, UePoseSearchDatabase } from '../bridge/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { sha256 } from '../math/sha256.js';
import type { DatabaseClip, FeatureSchema, MotionDatabase } from '../motion/index.js';
import { characterise } from '../retarget/index.js';
import { nameAsset } from './name-asset.js';
import { toUnrealSchema } from './unreal-schema/to-unreal.js';

/** Where PoseSearch assets go, and what they are for. */
export interface PoseSearchTarget {
  readonly session: EditorSession;
  /** Content folder, without a slash at its end. */
  readonly folder: string;
  readonly skeleton: EditorSkeleton;
  /** Content path of the skeleton's mirror table; without one Unreal mirrors nothing. */
  readonly mirrorTable?: string;
  /** Numbers that Unreal's KD-tree keeps of a row. */
  readonly components: number;
  /** Writes over assets that Gaitway did not make. */
  readonly force: boolean;
}

export interface PushedSchema {
  readonly asset: string;
  readonly created: boolean;
  readonly channels: number;
  readonly warnings: readonly Warning[];
}

export interface PushedDatabase {
  readonly asset: string;
  readonly created: boolean;
  readonly clips: number;
  readonly schema: string;
  readonly warnings: readonly Warning[];
}

/**
 * Writes a feature schema into the open editor as a PoseSearchSchema, read back and saved.
 *
 * @param sourceName what it was made of, kept with the asset.
 * @throws GaitwayError `bridge/bone-missing` where the skeleton lacks a joint of the schema, and what a call throws.
 */
export async function pushSchema(
  schema: FeatureSchema,
  sourceName: string,
  { session, folder, skeleton, mirrorTable, force }: PoseSearchTarget,
): Promise<PushedSchema> {
  const { joints } = skeleton.skeleton;
  const bones = Object.fromEntries(
    Object.entries(characterise(skeleton.skeleton, { name: skeleton.path }).roles).map(([role, joint]) => [
      role,
      joints[joint].sourceName,
    ]),
  );
  const { schema: wanted, told } = toUnrealSchema(schema, skeleton.path, bones, mirrorTable);
  const { asset, told: renamed } = nameAsset(`PSS_${schema.name}`);
  const path = `${folder}/${asset}`;
  const { created } = await session.call(
    'write_pose_search_schema',
    { path, schema: wanted, contentHash: hashOf(wanted), sourceName, force },
    { purpose: `pushing the schema "${schema.name}" to ${path}` },
  );
  return { asset: path, created, channels: wanted.channels.length, warnings: [...renamed, ...told] };
}

/**
 * Writes a motion database into the open editor: its schema, and a PoseSearchDatabase of its clips, which the editor
 * has as animations of the same names in the same folder.
 *
 * Unreal works the rows out itself, from the animations.
 *
 * @throws GaitwayError `push/latents` where it holds latents, which Unreal cannot search; `bridge/animation-missing`
 *   where a clip was not pushed; and what `pushSchema` throws.
 */
export async function pushDatabase(
  database: MotionDatabase,
  file: string,
  target: PoseSearchTarget,
): Promise<PushedDatabase> {
  const { content } = database;
  if (content.kind === 'latents') {
    throw new GaitwayError(
      'push/latents',
      `${file} holds latents of an encoder, which Unreal's Pose Search cannot compare; build a database of features ` +
        '(without --encoder and --latents) and push that.',
      { file },
    );
  }
  const schema = await pushSchema(content.schema, basename(file), target);
  const clips = entriesOf(database, target.folder);
  const told: Warning[] = [];
  if (target.mirrorTable === undefined && clips.some(({ mirror }) => mirror !== 'UnmirroredOnly')) {
    told.push({
      code: 'push/no-mirror-table',
      message: `${file} has mirrored clips, and Unreal mirrors nothing without a mirror table; name one with --mirror-table.`,
    });
  }
  const wanted: UePoseSearchDatabase = {
    schema: schema.asset,
    clips,
    continuing_pose_cost_bias: -0.01,
    base_cost_bias: 0,
    looping_cost_bias: -0.005,
    exclude_from_database_parameters: [0, -0.3],
    additional_extrapolation_time: [-100, 100],
    pose_search_mode: 'PCAKD_TREE',
    number_of_principal_components: target.components,
    kd_tree_max_leaf_size: 16,
    kd_tree_query_num_neighbors: 200,
  };
  const { asset, told: renamed } = nameAsset(`PSD_${basename(file, '.gwdb')}`);
  const path = `${target.folder}/${asset}`;
  const { created, route, warnings } = await target.session.call(
    'write_pose_search_database',
    { path, database: wanted, contentHash: hashOf(wanted), sourceName: basename(file), force: target.force },
    { purpose: `pushing the database ${file} to ${path}` },
  );
  told.push(...warnings.map((message): Warning => ({ code: 'push/left-out', message })));
  if (route === 'notifies') {
    told.push({
      code: 'push/unproven',
      message:
        `This engine does not let scripts set the animations of ${path}; each got a notify "Branch In" for it, by which ` +
        'Unreal is to find them. That has not been seen to work yet: open the database and see that it lists them.',
    });
  }
  return {
    asset: path,
    created,
    clips: clips.length,
    schema: schema.asset,
    warnings: [...schema.warnings, ...renamed, ...told],
  };
}

/** What became of a normalisation set. */
export interface PushedNormalizationSet {
  readonly asset: string;
  readonly created: boolean;
  readonly warnings: readonly Warning[];
}

/**
 * Makes a PoseSearchNormalizationSet of databases that are in the editor, so that their costs can be compared.
 *
 * @throws what a call throws.
 */
export async function pushNormalizationSet(
  name: string,
  databases: readonly string[],
  { session, folder, force }: PoseSearchTarget,
): Promise<PushedNormalizationSet> {
  const { asset, told } = nameAsset(`PSN_${name}`);
  const path = `${folder}/${asset}`;
  const { created } = await session.call(
    'write_pose_search_normalization_set',
    { path, databases: [...databases], contentHash: hashOf(databases), sourceName: name, force },
    { purpose: `pushing the normalisation set ${path}` },
  );
  return { asset: path, created, warnings: told };
}

/** One entry for each stretch of an animation, whether the database has it as it is, mirrored, or both. */
function entriesOf({ clips, rateHz }: MotionDatabase, folder: string): UePoseSearchDatabase['clips'] {
  const seen = new Map<string, { clip: DatabaseClip; plain: boolean; mirrored: boolean }>();
  for (const clip of clips) {
    const key = [assetOf(clip), clip.firstFrame, clip.frameCount].join(' ');
    const known = seen.get(key) ?? { clip, plain: false, mirrored: false };
    seen.set(key, {
      clip,
      plain: known.plain || !clip.mirrored,
      mirrored: known.mirrored || clip.mirrored,
    });
  }
  return [...seen.values()].map(({ clip, plain, mirrored }) => ({
    animation: `${folder}/${assetOf(clip)}`,
    mirror: !mirrored ? 'UnmirroredOnly' : plain ? 'UnmirroredAndMirrored' : 'MirroredOnly',
    range: rangeOf(clip, rateHz),
    loops: clip.loops,
  }));
}

const assetOf = ({ name, source }: DatabaseClip): string => nameAsset(source === '' ? name : source).asset;

/** The stretch that a pruned database has of an animation, in seconds; two zeros for all of it, as Unreal has it. */
function rangeOf(
  { firstFrame, frameCount, sourceFrameCount }: DatabaseClip,
  rateHz: number,
): [number, number] {
  if (sourceFrameCount === undefined) return [0, 0];
  return [firstFrame / rateHz, (firstFrame + frameCount - 1) / rateHz];
}

const hashOf = (value: unknown): string => sha256(new TextEncoder().encode(JSON.stringify(value)));
