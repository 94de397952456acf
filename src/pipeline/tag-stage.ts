import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  CONTACT_TAGS,
  decodeTags,
  type FrameLabels,
  type GroupScore,
  labelFrames,
  readTagger,
  type SavedTagger,
  scoreTags,
  spansOfLabels,
  type TagSpan,
  tagShares,
} from '../motion/index.js';
import { type ClipFormat, encodeClips } from './encode-clips.js';
import { type ManifestClip, readManifest } from './manifest.js';
import { motionTrackOfFile } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { openClip } from './open-clip.js';
import { contactsByGeometry, type LabelledFile, labelsOfClip } from './tag-labels.js';
import { type FoundTags, taggedClip } from './tagged-clip.js';
import { TAGGER_FILE } from './train-tagger-stage.js';
import { writeFileAtomic } from './write-file.js';

export interface TagRequest {
  /** Clips and folders of them, or a manifest whose test split is tagged and scored by its labels. */
  readonly clips?: readonly string[];
  readonly manifest?: string;
  /** Folder that `train-tagger` wrote. */
  readonly tagger: string;
  /** Folder for copies of the clips with their tags in them; nothing is written without. */
  readonly out?: string;
  readonly format: ClipFormat;
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

export interface TaggedFile extends FoundTags {
  readonly clip: string;
  readonly frames: number;
  readonly spans: readonly TagSpan[];
  /** The copy with its tags. */
  readonly file?: string;
}

export interface TagReport {
  readonly tagged: readonly TaggedFile[];
  /** Clips that could not be tagged, each with its reason. */
  readonly failed: readonly { readonly clip: string; readonly code: string; readonly message: string }[];
  /** How well the tags fit the manifest's labels, and contacts what height and speed say where it has none. */
  readonly scores?: readonly GroupScore[];
  readonly warnings: readonly ClipWarning[];
}

/**
 * Tags clips and, where wanted, writes copies with the tags as events and curves.
 *
 * A clip that cannot be tagged is reported and the others go on.
 *
 * @throws GaitwayError `tagger/missing`, `encoder/damaged-file`, `encoder/newer-file`, and those of `namedClips` and
 *   `readManifest`.
 */
export async function tagStage(request: TagRequest): Promise<TagReport> {
  const saved = await openTagger(request.tagger);
  const clips = await clipsToTag(request);
  const tagged: TaggedFile[] = [];
  const failed: TagReport['failed'][number][] = [];
  const warnings: ClipWarning[] = [];
  const scored: { found: FrameLabels; truth: FrameLabels }[] = [];
  for (const clip of clips) {
    if (request.signal?.aborted)
      throw new GaitwayError('tag/cancelled', `Tagging was stopped after ${tagged.length} clips.`);
    request.onProgress?.(tagged.length + failed.length, clips.length, clip.name);
    try {
      const { found, opened } = await tagFile(saved, clip);
      if (request.manifest !== undefined) scored.push({ found: found.labels, truth: truthOf(saved, opened) });
      const { labels: _, ...facts } = found;
      tagged.push({ ...facts, ...(await written(clip, facts, request, warnings)) });
      warnings.push(...opened.warnings.map((warning) => ({ clip: clip.file, ...warning })));
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      failed.push({ clip: clip.file, code: error.code, message: error.message });
    }
  }
  return {
    tagged,
    failed,
    ...(request.manifest !== undefined && { scores: scoreTags(saved.tagger.groups, scored) }),
    warnings,
  };
}

interface ClipToTag {
  readonly name: string;
  readonly file: string;
  readonly listed?: ManifestClip;
}

async function clipsToTag({ clips = [], manifest }: TagRequest): Promise<ClipToTag[]> {
  if (manifest === undefined) return namedClips(clips);
  const listed = (await readManifest(manifest)).filter(({ split }) => split === 'test');
  if (listed.length === 0) {
    throw new GaitwayError('clips/none', `The manifest ${manifest} has no clips of the split "test".`);
  }
  return listed.map((clip) => ({
    name: clip.name.replace(/\.[^./]+$/, ''),
    file: clip.file,
    listed: clip,
  }));
}

/** Reads the tagger that `train-tagger` wrote into a folder. */
export async function openTagger(folder: string): Promise<SavedTagger> {
  const file = join(folder, TAGGER_FILE);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new GaitwayError(
      'tagger/missing',
      `${folder} holds no ${TAGGER_FILE}; name the folder that "gaitway train-tagger" wrote to.`,
      { folder },
      cause,
    );
  });
  return readTagger(bytes, file);
}

async function tagFile({ tagger, boneMaps }: SavedTagger, { name, file, listed }: ClipToTag) {
  const { plan, groups } = tagger;
  const { track, events, curves, warnings } = await motionTrackOfFile(file, {
    rateHz: plan.rateHz,
    name: file,
    boneMaps: listed?.roles ? [listed.roles, ...boneMaps] : boneMaps,
    roles: plan.roles,
  });
  const labels = decodeTags(groups, tagShares(tagger, track), track.frameCount);
  return {
    found: {
      clip: file,
      frames: track.frameCount,
      rateHz: plan.rateHz,
      tags: groups.flatMap(({ tags }) => tags),
      spans: spansOfLabels(groups, labels),
      labels,
    },
    opened: { name, track, marks: { events, curves }, listed, warnings },
  };
}

/** The labels that the manifest has; contacts, where it has none, as height and speed say. */
function truthOf({ tagger }: SavedTagger, opened: LabelledFile): FrameLabels {
  const known = labelsOfClip(opened, false);
  const marks = CONTACT_TAGS.some((tag) => known.marks.has(tag))
    ? known.marks
    : new Map([...known.marks, ...contactsByGeometry(opened.track)]);
  return labelFrames(tagger.groups, { ...known, marks });
}

async function written(
  { name, file }: ClipToTag,
  found: FoundTags,
  { out, format, force }: TagRequest,
  warnings: ClipWarning[],
): Promise<{ file?: string }> {
  if (out === undefined) return {};
  const clip = taggedClip(await openClip(file), found);
  const path = join(out, `${name}.${format}`);
  const { bytes, warnings: own } = await encodeClips([clip], format);
  warnings.push(...own.map((warning) => ({ clip: file, ...warning })));
  await writeFileAtomic(path, bytes, { force });
  return { file: path };
}
