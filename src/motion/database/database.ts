import type { FeatureSchema } from '../features/schema.js';

/** What the rows hold: numbers of a feature schema, or latents that an encoder made. */
export type DatabaseContent =
  | {
      readonly kind: 'features';
      readonly schema: FeatureSchema;
      /** Blocks that never change in these clips and so count for nothing. */
      readonly flat: readonly string[];
    }
  | {
      readonly kind: 'latents';
      /** Folder of the encoder or of its latents, from the database's own folder. */
      readonly encoder: string;
      /** SHA-256 of the encoder's file; empty where the latents were given without it. */
      readonly encoderHash: string;
    };

/** Neighbouring numbers of a row whose share of a cost is told apart. */
export interface DatabaseBlock {
  readonly name: string;
  /** The kind of channel it belongs to: `position`, `trajectory`, …, or `latent`. */
  readonly channel: string;
  /** Index of that channel in the schema; nothing for latents and in files of version 1. */
  readonly channelIndex?: number | undefined;
  /** Seconds from the frame at hand at which it is sampled, where it has one time. */
  readonly time?: number | undefined;
  readonly offset: number;
  readonly size: number;
}

export interface DatabaseClip {
  readonly name: string;
  /** File the clip was read from; empty where it was made in memory. */
  readonly source: string;
  /** First row. */
  readonly start: number;
  /** Frame of the source clip that is the first row: above 0 where only a later stretch of it was kept. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Frames that a search may answer with. */
  readonly validCount: number;
  /** SHA-256 of the joint places that the rows were made from. */
  readonly hash: string;
  /** The rows are those of the clip seen in a mirror: left is right. */
  readonly mirrored: boolean;
  /** After its last frame the clip goes on with its first, moved on and turned to where it stands. */
  readonly loops: boolean;
  /** Frames of the source clip; nothing where all of them are here. */
  readonly sourceFrameCount?: number | undefined;
}

/**
 * How a file keeps the rows where not as float32; the rows in memory are numbers that fit there.
 *
 * For `int8` a number is `offset + step · q`, q from −127 to 127; both have one entry a column.
 */
export type RowStorage =
  | { readonly kind: 'f16' }
  | { readonly kind: 'int8'; readonly offset: Float32Array; readonly step: Float32Array };

export interface DatabaseJoint {
  readonly name: string;
  readonly parent: number;
  /** Metres, in the parent's frame, at rest. */
  readonly offset: readonly [number, number, number];
}

/**
 * Clips of one skeleton made searchable: frame f of clip c is row `clips[c].start + f`.
 *
 * | array      | shape               | meaning                                                        |
 * | ---------- | ------------------- | -------------------------------------------------------------- |
 * | `rows`     | [frames, dimension] | normalised and weighted: squared distances are costs            |
 * | `mean`     | [dimension]         | raw number = `row / factor + mean`                              |
 * | `factor`   | [dimension]         | 0 where a block never changes                                   |
 * | `valid`    | [frames]            | 1 where a search may answer with the frame, 2 where it may only play on |
 * | `contacts` | [frames, 2]         | 1 while the left, right foot stands                             |
 * | `roots`    | [frames, 4]         | root in its clip's world: x, z (metres), facing x, z (unit)     |
 * | `tagMask`  | [frames]            | bit k is set where `tags[k]` holds                              |
 * | `costBias` | [frames]            | added to the cost of the frame, whatever is asked               |
 * | `continuingBias` | [frames]      | instead of the search's own continuing bias; NaN: the search's own |
 */
export interface MotionDatabase {
  readonly rateHz: number;
  readonly dimension: number;
  readonly frameCount: number;
  readonly content: DatabaseContent;
  readonly blocks: readonly DatabaseBlock[];
  readonly joints: readonly DatabaseJoint[];
  /** Joint names by role. */
  readonly roles: Readonly<Record<string, string>>;
  readonly clips: readonly DatabaseClip[];
  readonly rows: Float32Array;
  /** How a file keeps the rows; as float32 where nothing is said. */
  readonly storage?: RowStorage;
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  readonly valid: Uint8Array;
  readonly contacts: Uint8Array;
  readonly roots: Float32Array;
  /** Names of the bits of `tagMask`, at most 32. */
  readonly tags: readonly string[];
  readonly tagMask: Uint32Array;
  readonly costBias: Float32Array;
  readonly continuingBias: Float32Array;
}

/** The clip that a row lies in, as an index into `clips`. */
export function clipOfRow({ clips }: MotionDatabase, row: number): number {
  let low = 0;
  let high = clips.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (clips[middle].start <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
