import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GaitwayError, type Warning } from '../errors.js';
import type { MotionTrack } from '../motion/index.js';
import { type ManifestClip, readManifest } from './manifest.js';
import { motionTrackOfFile, type OpenedTrack, type RoleNames } from './motion-track-of-file.js';
import { namedClips } from './named-clips.js';

/** A clip that is learned from. */
export interface LearnedClip {
  readonly name: string;
  readonly sha256: string;
  readonly track: MotionTrack;
  readonly boneMap: RoleNames;
  readonly warnings: readonly Warning[];
  /** Events and curves of its file. */
  readonly marks: Pick<OpenedTrack, 'events' | 'curves'>;
  /** What the manifest says of it, where there is one. */
  readonly listed: ManifestClip | undefined;
}

/** Where clips to learn from come from. */
export interface LearnedClipsRequest {
  /** A manifest, whose train split is learned from, or clips and folders of them. */
  readonly manifest?: string;
  readonly clips?: readonly string[];
  readonly rateHz: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/**
 * Reads the clips to learn from.
 *
 * @throws GaitwayError `clips/none` where the manifest has no clips to train with, `train/cancelled`, and what reading
 *   clips throws.
 */
export async function learnedClips(request: LearnedClipsRequest): Promise<LearnedClip[]> {
  const listed = request.manifest
    ? (await readManifest(request.manifest))
        .filter(({ split }) => split === 'train')
        .map((clip) => ({ clip, told: clip }))
    : (await namedClips(request.clips ?? [])).map((clip) => ({ clip, told: undefined }));
  if (listed.length === 0) {
    throw new GaitwayError(
      'clips/none',
      `The manifest ${request.manifest} has no clips of the split "train".`,
    );
  }
  const clips: LearnedClip[] = [];
  for (const {
    clip: { name, file },
    told,
  } of listed) {
    if (request.signal?.aborted) {
      throw new GaitwayError(
        'train/cancelled',
        'Training was stopped while reading clips; nothing was written.',
      );
    }
    request.onProgress?.(clips.length, listed.length, name);
    const { track, boneMap, warnings, events, curves } = await motionTrackOfFile(file, {
      rateHz: request.rateHz,
      name,
      ...(told?.roles && { boneMaps: [told.roles] }),
    });
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    clips.push({ name, sha256, track, boneMap, warnings, marks: { events, curves }, listed: told });
  }
  return clips;
}
