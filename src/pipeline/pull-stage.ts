import { join } from 'node:path';
import { type EditorSession, inLanes, pullClip } from '../bridge/index.js';
import type { Clip } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { type EditorLinkOptions, openEditorLink } from './editor-link.js';
import { type ClipFormat, encodeClips } from './encode-clips.js';
import { pullBoneMap } from './ik-rigs/pull-bone-map.js';
import { pullSchema } from './pull-schema.js';
import { writeFileAtomic } from './write-file.js';

export interface PullStageRequest extends EditorLinkOptions {
  /** Content paths of animations, PoseSearch schemas, IK Rigs and IK Retargeters, or of folders for all animations in them. */
  readonly paths: readonly string[];
  readonly out: string;
  readonly formats: readonly ClipFormat[];
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

export interface PulledClip {
  readonly asset: string;
  readonly skeleton: string;
  readonly frames: number;
  readonly rootMotion: boolean;
  readonly files: readonly string[];
  readonly warnings: readonly Warning[];
}

/** A PoseSearch schema of the editor, now a feature schema in a JSON file. */
export interface PulledSchemaFile {
  readonly asset: string;
  readonly skeleton: string;
  readonly file: string;
  readonly warnings: readonly Warning[];
}

/** An IK Rig or IK Retargeter of the editor, now a bone map in a JSON file. */
export interface PulledBoneMapFile {
  readonly asset: string;
  readonly file: string;
  readonly warnings: readonly Warning[];
}

export interface PullStageReport {
  readonly pulled: readonly PulledClip[];
  readonly schemas: readonly PulledSchemaFile[];
  readonly boneMaps: readonly PulledBoneMapFile[];
  readonly failed: readonly { readonly asset: string; readonly code: string; readonly message: string }[];
}

/** One is fetched and written to disk while the editor reads the other. */
const ASSETS_AT_ONCE = 2;

/**
 * Pulls animations, PoseSearch schemas and IK Rigs of the open editor into files, each under its place in the content tree.
 *
 * One that fails does not stop the others.
 *
 * @throws GaitwayError what `openEditorLink` throws.
 */
export async function pullStage(request: PullStageRequest): Promise<PullStageReport> {
  const { onProgress } = request;
  const { session } = await openEditorLink(request);
  // One each, so that the report has the order of the assets.
  const ends: Partial<PullStageReport>[] = [];
  try {
    const assets = await listAssets(session, request.paths);
    let begun = 0;
    await inLanes(assets, ASSETS_AT_ONCE, async (asset, index) => {
      onProgress?.(begun++, assets.length, asset.path);
      try {
        ends[index] = await pullAsset(session, asset, request);
      } catch (error) {
        if (!(error instanceof GaitwayError) || error.code === 'bridge/cancelled') throw error;
        ends[index] = { failed: [{ asset: asset.path, code: error.code, message: error.message }] };
      }
    });
    return {
      pulled: ends.flatMap(({ pulled = [] }) => pulled),
      schemas: ends.flatMap(({ schemas = [] }) => schemas),
      boneMaps: ends.flatMap(({ boneMaps = [] }) => boneMaps),
      failed: ends.flatMap(({ failed = [] }) => failed),
    };
  } finally {
    session.close();
  }
}

async function pullAsset(
  session: EditorSession,
  { path: asset, isAnimation }: ListedAsset,
  request: PullStageRequest,
): Promise<Partial<PullStageReport>> {
  const { signal } = request;
  if (!isAnimation) {
    const schema = await pullSchemaFile(session, asset, request);
    if (schema) return { schemas: [schema] };
    const boneMap = await pullBoneMapFile(session, asset, request);
    if (boneMap) return { boneMaps: [boneMap] };
  }
  const { clip, skeleton, rootMotion } = await pullClip(session, asset, signal ? { signal } : {});
  const { files, warnings } = await writeClip(clip, asset, request);
  return { pulled: [{ asset, skeleton, frames: clip.frameCount, rootMotion, files, warnings }] };
}

interface ListedAsset {
  readonly path: string;
  /** Something else stands there, which may be a schema. */
  readonly isAnimation: boolean;
}

/** A path that names no asset but a folder with animations stands for these. */
async function listAssets(session: EditorSession, paths: readonly string[]): Promise<ListedAsset[]> {
  const assets = new Map<string, ListedAsset>();
  const add = (path: string, isAnimation = true): void => {
    assets.set(path, { path, isAnimation });
  };
  for (const path of paths.map((given) => given.replace(/\/+$/, ''))) {
    const purpose = `looking for ${path}`;
    const there = await session.call('describe_animation', { path }, { purpose }).catch((error: unknown) => {
      if (error instanceof GaitwayError && error.code === 'bridge/animation-missing') return undefined;
      throw error;
    });
    const inside =
      there?.exists === false
        ? (await session.call('list_animations', { folder: path, search: '' }, { purpose })).animations
        : [];
    if (inside.length === 0) add(path, there !== undefined);
    for (const { path: found } of inside) add(found);
  }
  return [...assets.values()];
}

/** `/Game/Motion/Walk` becomes `Motion/Walk`: two assets of one name do not meet. */
const placeOf = (asset: string, out: string): string => join(out, ...asset.split('/').slice(2));

async function pullSchemaFile(
  session: EditorSession,
  asset: string,
  { out, force }: PullStageRequest,
): Promise<PulledSchemaFile | undefined> {
  const found = await pullSchema(session, asset);
  if (!found) return undefined;
  const file = `${placeOf(asset, out)}.json`;
  const text = `${JSON.stringify(found.schema, null, 2)}\n`;
  await writeFileAtomic(file, text, { force });
  return { asset, skeleton: found.skeleton, file, warnings: found.warnings };
}

async function pullBoneMapFile(
  session: EditorSession,
  asset: string,
  { out, force }: PullStageRequest,
): Promise<PulledBoneMapFile | undefined> {
  const found = await pullBoneMap(session, asset);
  if (!found) return undefined;
  const file = `${placeOf(asset, out)}.json`;
  await writeFileAtomic(file, `${JSON.stringify(found.map, null, 2)}\n`, { force });
  return { asset, file, warnings: found.warnings };
}

async function writeClip(
  clip: Clip,
  asset: string,
  { out, formats, force }: PullStageRequest,
): Promise<{ files: string[]; warnings: Warning[] }> {
  const place = placeOf(asset, out);
  const files: string[] = [];
  const warnings: Warning[] = [...clip.warnings];
  for (const format of formats) {
    const file = `${place}.${format}`;
    const written = await encodeClips([clip], format);
    await writeFileAtomic(file, written.bytes, { force });
    files.push(file);
    warnings.push(...written.warnings);
  }
  return { files, warnings };
}
