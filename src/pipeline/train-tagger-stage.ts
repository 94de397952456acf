import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ClipLabels,
  CONTACT_TAGS,
  chooseEngine,
  decodeTags,
  type EngineName,
  type FamilyName,
  type GroupScore,
  groupLabels,
  labelFrames,
  readTaggerCheckpoint,
  scoreTags,
  type TaggerEpoch,
  type TaggerSettings,
  tagShares,
  tellingGroups,
  trainTagger,
  writeTagger,
  writeTaggerCheckpoint,
} from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { encoderHash } from './encoder-hash.js';
import { readGroups } from './group-file.js';
import { type LearnedClip, type LearnedClipsRequest, learnedClips } from './learned-clips.js';
import type { ClipWarning } from './named-clips.js';
import { refuseForeignFolder } from './refuse-foreign-folder.js';
import { stoppedTraining } from './stopped-training.js';
import { contactsByGeometry, labelsOfClip } from './tag-labels.js';
import { distinctMaps } from './train-stage.js';
import { writeFileAtomic } from './write-file.js';

export const TAGGER_FILE = 'tagger.gwtag';
export const TAGGER_RECORD_FILE = 'tagger.json';
const CHECKPOINT_FILE = 'checkpoint.gwtrain';
const OWN_FILES = [TAGGER_FILE, TAGGER_RECORD_FILE, CHECKPOINT_FILE];

/** Found on held-out clips; docs/tagging.md has the figures. */
const DEFAULTS = {
  batch: 16,
  stepsAnEpoch: 100,
  learningRate: 1e-3,
  weightDecay: 1e-2,
  patience: 3,
  heldOutShare: 0.1,
};

export interface TrainTaggerRequest extends LearnedClipsRequest {
  readonly out: string;
  /** Folders below the one that was given are labels of the clips in them. */
  readonly folders: boolean;
  /** File that tells which labels make which tags. */
  readonly groups?: string;
  /** Folder of an encoder to start from. */
  readonly from?: string;
  readonly family: FamilyName;
  readonly seed: number;
  readonly steps: number;
  readonly engine: EngineName | 'auto';
  readonly force: boolean;
  /** Version of Gaitway, for the record. */
  readonly version: string;
  readonly onNote?: (text: string) => void;
}

export interface TrainTaggerReport {
  readonly file: string;
  readonly clips: number;
  readonly frames: number;
  readonly groups: readonly { readonly name: string; readonly tags: readonly string[] }[];
  /** Who said where feet stand: the clips' labels, or height and speed. */
  readonly contacts: 'labels' | 'geometry';
  readonly engine: string;
  readonly seconds: number;
  readonly curve: readonly TaggerEpoch[];
  /** Clips that were not learned from, and how well they are tagged. */
  readonly heldOutClips: readonly string[];
  readonly scores: readonly GroupScore[];
  readonly warnings: readonly ClipWarning[];
}

/**
 * Trains a tagger on labelled clips and writes it, with a record of how, into a folder.
 *
 * Clips without any label are left out. Where no clip says where its feet stand, what height and speed say is learned.
 *
 * @throws GaitwayError `file/exists` where `out` holds a tagger and `force` is not given, and what reading clips and
 *   training throw.
 */
export async function trainTaggerStage(request: TrainTaggerRequest): Promise<TrainTaggerReport> {
  const started = performance.now();
  refuseForeignFolder(request.out, OWN_FILES, 'a tagger', request.force);
  const choice = request.groups === undefined ? undefined : await readGroups(request.groups);
  const from = request.from === undefined ? undefined : (await openEncoder(request.from)).encoder;
  const all = await learnedClips({ ...request, rateHz: from?.plan.rateHz ?? request.rateHz });
  const labelled = labelClips(all, request.folders);
  const said = labelled.clips.map(({ labels }) => labels);
  const grouped = groupLabels(said, choice);
  const groups = tellingGroups(grouped, said);
  const mute = grouped.filter((group) => !groups.includes(group));
  if (mute.length > 0 && groups.length > 0)
    request.onNote?.(
      `does not learn ${mute.map(({ name }) => name).join(', ')}: all labelled frames have the same label there`,
    );
  const clips = labelled.clips.map(({ clip, labels }) => ({
    track: clip.track,
    labels: labelFrames(groups, labels),
  }));
  request.onNote?.(
    `learns ${groups.map(({ name, tags }) => (tags.length > 1 ? `${name} (${tags.join(', ')})` : name)).join('; ')} from ${clips.length} of ${all.length} clips`,
  );

  const { engine, why } = await chooseEngine(request.engine, { now: () => performance.now() });
  request.onNote?.(why);
  const { seed, steps, family } = request;
  const settings: TaggerSettings = { ...DEFAULTS, seed, steps, family };
  const data = labelled.clips.map(({ clip }) => ({ name: clip.name, sha256: clip.sha256 }));
  const belongsTo = {
    settings,
    from: request.from === undefined ? '' : await encoderHash(request.from),
    rateHz: clips.map(({ track }) => track.rateHz),
    groups,
    data,
    engine: engine.name,
  };
  const hash = createHash('sha256').update(JSON.stringify(belongsTo));
  for (const { labels } of clips) for (const own of labels) hash.update(own);
  const key = hash.digest('hex');
  const checkpoint = join(request.out, CHECKPOINT_FILE);
  const resume = existsSync(checkpoint)
    ? readTaggerCheckpoint(await readFile(checkpoint), key, checkpoint)
    : undefined;
  if (resume) request.onNote?.(`goes on after epoch ${resume.curve.length}, from ${checkpoint}`);
  const trained = await trainTagger(engine, clips, groups, settings, {
    ...(from && { from }),
    ...(request.signal && { signal: request.signal }),
    ...(resume && { resume }),
    onStep: (step, steps, last) => request.onProgress?.(step, steps, progressText(last)),
    onEpoch: (state) => writeFileAtomic(checkpoint, writeTaggerCheckpoint(state, key), { force: true }),
  }).catch((error: unknown) => {
    throw stoppedTraining(error, checkpoint);
  });
  const scored = trained.heldOut.map((c) => {
    const { track, labels } = clips[c];
    return { found: decodeTags(groups, tagShares(trained.tagger, track), track.frameCount), truth: labels };
  });
  const known = {
    gaitway: request.version,
    settings: { ...settings, from: request.from ?? '' },
    groups,
    contacts: labelled.contacts,
    engine: `${engine.name}, ${engine.version}`,
    data,
    curve: trained.curve,
    heldOutClips: trained.heldOut.map((c) => labelled.clips[c].clip.name),
    scores: scoreTags(groups, scored),
  };
  const file = join(request.out, TAGGER_FILE);
  const boneMaps = distinctMaps(labelled.clips.map(({ clip }) => clip));
  await writeFileAtomic(file, writeTagger({ tagger: trained.tagger, boneMaps, record: known }), {
    force: request.force,
  });
  const seconds = (performance.now() - started) / 1000;
  await writeFileAtomic(
    join(request.out, TAGGER_RECORD_FILE),
    `${JSON.stringify({ ...known, node: process.version, seconds }, null, 2)}\n`,
    { force: true },
  );
  await rm(checkpoint, { force: true });
  return {
    file,
    clips: clips.length,
    frames: clips.reduce((sum, { track }) => sum + track.frameCount, 0),
    groups: groups.map(({ name, tags }) => ({ name, tags })),
    contacts: labelled.contacts,
    engine: known.engine,
    seconds,
    curve: trained.curve,
    heldOutClips: known.heldOutClips,
    scores: known.scores,
    warnings: labelled.clips.flatMap(({ clip }) =>
      clip.warnings.map((warning) => ({ clip: clip.name, ...warning })),
    ),
  };
}

/** The clips that have labels, with contacts by geometry where no clip has those. */
function labelClips(
  clips: readonly LearnedClip[],
  folders: boolean,
): {
  clips: { clip: LearnedClip; labels: ClipLabels }[];
  contacts: TrainTaggerReport['contacts'];
} {
  const labelled = clips
    .map((clip) => ({ clip, labels: labelsOfClip(clip, folders) }))
    .filter(({ labels: { whole, marks } }) => whole.length > 0 || marks.size > 0);
  if (labelled.some(({ labels }) => CONTACT_TAGS.some((tag) => labels.marks.has(tag))))
    return { clips: labelled, contacts: 'labels' };
  return {
    clips: labelled.map(({ clip, labels }) => ({
      clip,
      labels: { ...labels, marks: new Map([...labels.marks, ...contactsByGeometry(clip.track)]) },
    })),
    contacts: 'geometry',
  };
}

const progressText = (last: TaggerEpoch | undefined): string =>
  last === undefined
    ? 'epoch 1'
    : `epoch ${last.epoch + 1}, surprise ${(last.heldOut ?? last.learned).toFixed(3)} nats${last.heldOut === undefined ? '' : ' on held-out clips'}`;
