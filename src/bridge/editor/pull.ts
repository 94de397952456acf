import { type Clip, validateSkeleton } from '../../clip/index.js';
import { PullResult } from '../protocol/index.js';
import { clipOfBlock, skeletonOfBones } from './clip-block.js';
import type { EditorSkeleton } from './fit-skeleton.js';
import { inNewJob, type JobProgress, waitForJob } from './job.js';
import type { EditorSession } from './session.js';
import { fetchBlock } from './transfer.js';

export interface PullOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: JobProgress;
}

/** A pulled animation with what a clip has no place for. */
export interface Pulled {
  readonly clip: Clip;
  /** Content path of its skeleton. */
  readonly skeleton: string;
  readonly rootMotion: boolean;
}

/**
 * Reads an AnimSequence of the open editor: raw poses on its own skeleton, curves, rate; notifies and sync markers as
 * events; how these and its settings are in Unreal as an attribute, by which a push brings them back.
 *
 * @throws GaitwayError `bridge/animation-missing`, or what a call throws.
 */
export async function pullClip(
  session: EditorSession,
  asset: string,
  { signal, onProgress }: PullOptions = {},
): Promise<Pulled> {
  const options = { purpose: `pulling ${asset}`, ...(signal && { signal }) };
  return inNewJob(session, options, async (job) => {
    await session.call('pull_begin', { job: job.job, asset }, options);
    const pulled = PullResult.parse(await waitForJob(session, job, onProgress));
    const bytes = await fetchBlock(session, pulled.byteLength, job);
    const { skeleton, settings } = pulled;
    return { clip: clipOfBlock(bytes, pulled), skeleton, rootMotion: settings.enable_root_motion };
  });
}

/**
 * Reads a skeleton of the open editor in its reference pose; the path of a mesh gives that mesh's skeleton.
 *
 * @throws GaitwayError `bridge/skeleton-missing`, or what a call throws.
 */
export async function pullSkeleton(session: EditorSession, asset: string): Promise<EditorSkeleton> {
  const purpose = `reading the skeleton ${asset}`;
  const { path, bones } = await session.call('skeleton', { path: asset }, { purpose });
  const skeleton = skeletonOfBones(bones);
  validateSkeleton(skeleton, path);
  return { path, skeleton };
}
