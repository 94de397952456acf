import type { ClipEvent } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { sha256 } from '../../math/sha256.js';
import { closeLoop } from '../features/close-loop.js';
import { CONTACT_TAGS } from '../features/contacts.js';
import type { FeatureRows } from '../features/extract.js';
import { GAIT_TAGS } from '../features/gait-tags.js';
import { mirroredName } from '../features/joint-key.js';
import { mirrorTrack } from '../features/mirror-track.js';
import type { MotionTrack } from '../features/motion-track.js';
import type {
  DatabaseBlock,
  DatabaseClip,
  DatabaseContent,
  DatabaseJoint,
  MotionDatabase,
} from './database.js';
import { type FrameMarks, frameMarks } from './frame-marks.js';
import { saidTags } from './said-tags.js';
import { assertSameSkeleton } from './same-skeleton.js';
import { makeTagList } from './tag-list.js';

/** One clip as it goes into a database. */
export interface DatabaseSource {
  readonly track: MotionTrack;
  /** File it was read from; empty where it was made in memory. */
  readonly source: string;
  readonly joints: readonly DatabaseJoint[];
  /** Joint names by role. */
  readonly roles: Readonly<Record<string, string>>;
  /** Events of the clip: Unreal's PoseSearch notify states mark frames, others that last are tags. */
  readonly events?: readonly ClipEvent[];
  /** Tags of the whole clip. */
  readonly tags?: readonly string[];
  /** SHA-256 of the joint places, where it is known already. */
  readonly hash?: string;
  /** Rows of the clip, for a database of latents that are not made here. */
  readonly latents?: FeatureRows;
}

export interface BuiltDatabase {
  readonly database: MotionDatabase;
  /** Clips that were left out, and blocks that count for nothing, with the reason. */
  readonly warnings: readonly Warning[];
}

export interface ClipOptions {
  /** Add every clip's mirror image. */
  readonly mirror?: boolean;
  /** `auto`: clips whose end joins their start go on with it; `all`: every clip does; `none` (default): no clip. */
  readonly loops?: 'auto' | 'all' | 'none';
}

/** Rows of one clip of the database and all that is kept of it beside them. */
export interface ClipRows extends FeatureRows {
  readonly clip: Omit<DatabaseClip, 'start' | 'firstFrame' | 'validCount'>;
  readonly contacts: Uint8Array;
  readonly roots: Float32Array;
  readonly tagMask: Uint32Array;
  readonly marks: FrameMarks;
}

/** How the rows of all clips become those of the database. */
export interface Finished {
  readonly content: DatabaseContent;
  readonly blocks: readonly DatabaseBlock[];
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  readonly warnings: readonly Warning[];
  /** Normalises rows in place. */
  readonly normalise: (rows: Float32Array) => void;
}

/** Takes clips one by one and keeps their rows, not their tracks. */
export interface DatabaseBuilder {
  /**
   * Adds a clip and, where wanted, its mirror image. A clip that is refused leaves the builder as it was.
   *
   * @throws GaitwayError `motion/different-skeletons`, `motion/different-rates`, `motion/too-many-tags`, and what
   *   the rows' own maker throws.
   */
  readonly add: (source: DatabaseSource) => void;
  /**
   * The database of all clips that have a usable frame; the builder is spent then, so that no row is held twice.
   *
   * @throws GaitwayError `motion/no-clips`, `motion/no-valid-frames`, `motion/all-excluded`.
   */
  readonly finish: () => BuiltDatabase;
}

/**
 * A builder whose rows come from `rowsOf` and are finished by `finish` once all are known.
 *
 * @param whyShort Says of a clip without a usable frame why that is so: `its features look 12 frames back …`.
 */
export function makeBuilder(
  rowsOf: (track: MotionTrack, source: DatabaseSource) => FeatureRows,
  finish: (rows: readonly FeatureRows[]) => Finished,
  whyShort: (rateHz: number) => string,
  { mirror = false, loops = 'none' }: ClipOptions = {},
): DatabaseBuilder {
  const kept: ClipRows[] = [];
  const warnings: Warning[] = [];
  const tagList = makeTagList();
  let first: DatabaseSource | undefined;
  let excludedClips = 0;

  const rowsOfClip = (given: MotionTrack, source: DatabaseSource, mirrored: boolean): ClipRows => {
    const track = (loops !== 'none' && closeLoop(given, loops === 'all')) || given;
    const own = rowsOf(track, source);
    const { frameCount, rateHz } = track;
    const marks = frameMarks(source.events ?? [], frameCount, rateHz);
    const { gait, contacts } = saidTags(track, marks.tags);
    const tagMask = new Uint32Array(frameCount);
    GAIT_TAGS.forEach((tag, k) => {
      if (gait.some((value) => (value >>> k) & 1))
        mark(tagMask, tagList.bitOf(tag), (f) => (gait[f] >>> k) & 1);
    });
    CONTACT_TAGS.forEach((tag, side) => {
      if (contacts.some((value, k) => value === 1 && k % 2 === side))
        mark(tagMask, tagList.bitOf(tag), (f) => contacts[2 * f + side]);
    });
    for (const [tag, frames] of marks.tags) mark(tagMask, tagList.bitOf(tag), (f) => frames[f]);
    for (const tag of source.tags ?? []) mark(tagMask, tagList.bitOf(tag), () => 1);
    return {
      ...own,
      valid: own.valid.map((value, f) => (marks.excluded[f] ? 0 : value && marks.blocked[f] ? 2 : value)),
      clip: {
        name: mirrored ? `${track.name} (mirrored)` : track.name,
        source: source.source,
        frameCount,
        hash: source.hash ?? hashOf(given),
        mirrored,
        loops: track.loop !== undefined,
      },
      contacts,
      roots: rootsOf(track),
      tagMask,
      marks,
    };
  };

  return {
    add: (source) => {
      assertAlike(first ?? source, source);
      const made = [rowsOfClip(source.track, source, false)];
      if (mirror)
        made.push(
          rowsOfClip(mirrorTrack(source.track), { ...mirroredWords(source), hash: made[0].clip.hash }, true),
        );
      first ??= { ...source, track: { ...source.track, positions: new Float64Array(0) } };
      for (const rows of made) {
        if (rows.valid.includes(1)) {
          kept.push(rows);
          continue;
        }
        const isExcluded = rows.marks.excluded.includes(1) || rows.marks.blocked.includes(1);
        if (isExcluded) excludedClips++;
        warnings.push({
          code: isExcluded ? 'motion/clip-excluded' : 'motion/clip-too-short',
          message: isExcluded
            ? `${rows.clip.name} was left out: its events exclude every frame that could be used.`
            : `${rows.clip.name} was left out: it has ${rows.frameCount} frames, and ${whyShort(source.track.rateHz)}, so none of them can be used.`,
        });
      }
    },
    finish: () => {
      if (!first)
        throw new GaitwayError('motion/no-clips', 'A database needs at least one clip; none was given.');
      if (kept.length === 0 && excludedClips > 0) {
        throw new GaitwayError(
          'motion/all-excluded',
          `The clips' events exclude every frame of all ${excludedClips} clips that are long enough; take PoseSearchExcludeFromDatabase or PoseSearchBlockTransition out of some.`,
          { clips: excludedClips },
        );
      }
      const finished = finish(kept);
      return assemble(first, kept.splice(0), finished, tagList.inOrder(), warnings);
    },
  };
}

/** The clip with its events and tags as a mirror shows them: what says left says right. */
const mirroredWords = (source: DatabaseSource): DatabaseSource => ({
  ...source,
  ...(source.events && {
    events: source.events.map((event) => ({ ...event, name: mirroredName(event.name) })),
  }),
  ...(source.tags && { tags: source.tags.map(mirroredName) }),
});

function mark(mask: Uint32Array, bit: number, holds: (frame: number) => number): void {
  for (let f = 0; f < mask.length; f++) if (holds(f)) mask[f] |= 1 << bit;
}

const hashOf = ({ positions }: MotionTrack): string =>
  sha256(new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength));

function rootsOf({ frameCount, rootX, rootZ, facingX, facingZ }: MotionTrack): Float32Array {
  const roots = new Float32Array(4 * frameCount);
  for (let f = 0; f < frameCount; f++) {
    roots[4 * f] = rootX[f];
    roots[4 * f + 1] = rootZ[f];
    roots[4 * f + 2] = facingX[f];
    roots[4 * f + 3] = facingZ[f];
  }
  return roots;
}

function assertAlike(first: DatabaseSource, { track, joints }: DatabaseSource): void {
  assertSameSkeleton(first.joints, joints, first.track.name, track.name, first.roles.pelvis);
  if (Math.abs(track.rateHz - first.track.rateHz) < 1e-9) return;
  throw new GaitwayError(
    'motion/different-rates',
    `${track.name} has ${track.rateHz} frames per second and ${first.track.name} ${first.track.rateHz}; resample the clips to one rate first.`,
    { clip: track.name, rateHz: track.rateHz, first: first.track.rateHz },
  );
}

function assemble(
  { joints, roles, track }: DatabaseSource,
  kept: ClipRows[],
  { content, blocks, mean, factor, warnings: found, normalise }: Finished,
  { tags, places }: { readonly tags: readonly string[]; readonly places: readonly number[] },
  told: readonly Warning[],
): BuiltDatabase {
  const warnings = [...told, ...found];
  const dimension = mean.length;
  const frameCount = kept.reduce((sum, own) => sum + own.frameCount, 0);
  const rows = new Float32Array(frameCount * dimension);
  const valid = new Uint8Array(frameCount);
  const contacts = new Uint8Array(2 * frameCount);
  const roots = new Float32Array(4 * frameCount);
  const tagMask = new Uint32Array(frameCount);
  const costBias = new Float32Array(frameCount);
  const continuingBias = new Float32Array(frameCount);
  const clips: DatabaseClip[] = [];
  let start = 0;
  // Rows of a clip are let go as soon as they are in place.
  kept.reverse();
  for (let own = kept.pop(); own; own = kept.pop()) {
    const { tagMask: ownMask, frameCount: ownCount } = own;
    rows.set(own.rows, start * dimension);
    valid.set(own.valid, start);
    contacts.set(own.contacts, 2 * start);
    roots.set(own.roots, 4 * start);
    places.forEach((place, bit) => {
      for (let f = 0; f < ownCount; f++) if ((ownMask[f] >>> bit) & 1) tagMask[start + f] |= 1 << place;
    });
    costBias.set(own.marks.costBias, start);
    continuingBias.set(own.marks.continuingBias, start);
    let validCount = 0;
    for (const value of own.valid) if (value === 1) validCount++;
    const { name, source, hash, mirrored, loops } = own.clip;
    clips.push({
      name,
      source,
      start,
      firstFrame: 0,
      frameCount: own.frameCount,
      validCount,
      hash,
      mirrored,
      loops,
    });
    start += own.frameCount;
  }
  normalise(rows);
  const idle = 1 << tags.indexOf('idle');
  if (tags.includes('idle') && valid.every((value, f) => value !== 1 || (tagMask[f] & idle) !== 0)) {
    warnings.push({
      code: 'motion/only-idle',
      message: `Nothing moves in these ${clips.length} clips: every usable frame is idle, so a search can only ever stand still; add clips that walk.`,
    });
  }
  const database: MotionDatabase = {
    rateHz: track.rateHz,
    dimension,
    frameCount,
    content,
    blocks,
    joints,
    roles,
    clips,
    rows,
    mean,
    factor,
    valid,
    contacts,
    roots,
    tags,
    tagMask,
    costBias,
    continuingBias,
  };
  return { database, warnings };
}
