import { rateFromHz } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  type ClipLatents,
  databaseLatents,
  drawHeldOut,
  type EvaluatedClip,
  type FeatureSchema,
  type MotionTrack,
  queryLatents,
  type SavedEncoder,
} from '../motion/index.js';
import { readManifest } from './manifest.js';
import { motionTrackOfClip, needsOfSchemas, type RoleNames } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { openClip } from './open-clip.js';

export interface TuneClips {
  /** A manifest: its train split is fitted, its test split scored. */
  readonly manifest?: string;
  /** Clips of this family of skeletons of the manifest only. */
  readonly family?: string;
  /** Clip files and folders of them, some of which are kept back to be scored. */
  readonly clips?: readonly string[];
  readonly seed: number;
  readonly rateHz?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** A clip that weights are fitted to or scored on. */
export interface TuneClip extends EvaluatedClip {
  readonly warnings: readonly ClipWarning[];
  /** The clip as the encoder takes it, where there is one. */
  readonly seen?: MotionTrack;
}

/**
 * Opens clips for a schema, and for an encoder where one is given, and parts them into those to fit and those kept back.
 *
 * @throws GaitwayError `tune/unreadable-clip`, `evaluate/no-split` where a manifest lacks a split, `encoder/other-rate` where
 *   the encoder is of another rate than asked for, and those of `drawHeldOut`.
 */
export async function openTuneClips(
  request: TuneClips,
  schema: FeatureSchema,
  saved?: SavedEncoder,
): Promise<{ readonly fitted: TuneClip[]; readonly heldOut: TuneClip[] }> {
  const { manifest, family, clips = [], seed, signal, onProgress } = request;
  const rateHz = request.rateHz ?? saved?.encoder.plan.rateHz ?? schema.rateHz;
  if (saved) requireRate(saved, rateHz);
  const listed =
    manifest === undefined
      ? (await namedClips(clips)).map((clip) => ({ ...clip, label: '', split: undefined, roles: undefined }))
      : (await readManifest(manifest)).filter((clip) => family === undefined || clip.family === family);
  const opened: (TuneClip & { readonly split: 'train' | 'test' | undefined })[] = [];
  const needs = needsOfSchemas([schema]);
  let boneMaps: readonly RoleNames[] = saved?.boneMaps ?? [];
  for (const [index, { name, file, label, split, roles }] of listed.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, listed.length, name);
    try {
      const clip = await openClip(file, { rate: rateFromHz(rateHz) });
      const maps = roles ? [roles] : boneMaps;
      const { track, boneMap, warnings } = motionTrackOfClip(clip, { ...needs, name, boneMaps: maps });
      // As `encode` reads it: without the joints and the root of the schema's own.
      const seen =
        saved && motionTrackOfClip(clip, { name, boneMaps: maps, roles: saved.encoder.plan.roles }).track;
      // Clips of one skeleton are read by one map, even where a pose would have told another.
      if (boneMaps.length === 0) boneMaps = [boneMap];
      opened.push({
        track,
        label,
        split,
        ...(seen && { seen }),
        warnings: warnings.map((warning) => ({ clip: file, ...warning })),
      });
    } catch (cause) {
      if (!(cause instanceof GaitwayError)) throw cause;
      throw new GaitwayError(
        'tune/unreadable-clip',
        `${name} cannot be read, and without it the weights would mean something else: ${cause.message}`,
        { clip: name, code: cause.code },
        cause,
      );
    }
  }
  if (manifest === undefined) return drawHeldOut(opened, seed);
  const sides = {
    fitted: opened.filter(({ split }) => split === 'train'),
    heldOut: opened.filter(({ split }) => split === 'test'),
  };
  for (const [side, split] of [
    ['fitted', 'train'],
    ['heldOut', 'test'],
  ] as const) {
    if (sides[side].length > 0) continue;
    throw new GaitwayError(
      'evaluate/no-split',
      `${manifest} has no ${split} clips${family === undefined ? '' : ` of the family "${family}"`}; weights are fitted to the train split and scored on the test split.`,
      { file: manifest, split },
    );
  }
  return sides;
}

function requireRate({ encoder }: SavedEncoder, rateHz: number): void {
  if (Math.abs(rateHz / encoder.plan.rateHz - 1) < 1e-6) return;
  throw new GaitwayError(
    'encoder/other-rate',
    `The encoder was trained at ${encoder.plan.rateHz} Hz, and clips would be read at ${rateHz} Hz; leave --rate away, or train an encoder at that rate.`,
    { found: rateHz, wanted: encoder.plan.rateHz },
  );
}

/**
 * What an encoder makes of the clips.
 *
 * @throws GaitwayError `encoder/other-skeleton`, `encoder/other-body`.
 */
export function latentsOfClips({ encoder }: SavedEncoder, clips: readonly TuneClip[]): ClipLatents {
  const seen = seenOf(clips);
  return {
    dim: encoder.dim,
    database: seen.map((track) => databaseLatents(encoder, track).latents),
    queries: seen.map((track) => queryLatents(encoder, track).latents),
  };
}

/** The clips as the encoder takes them, or as the schema does where there is none. */
export const seenOf = (clips: readonly TuneClip[]): MotionTrack[] =>
  clips.map(({ track, seen = track }) => seen);
