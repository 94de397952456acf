import type { Warning } from '../errors.js';
import type { Rate } from './rate.js';
import { frameTime } from './rate.js';
import type { Skeleton } from './skeleton.js';

/** A number that changes over the clip: a blend weight, a foot contact, a speed. */
export interface Curve {
  readonly name: string;
  /** [frames] */
  readonly values: Float64Array;
}

/** Something that happens at a time (seconds), for a while or (`duration` 0) at once. */
export interface ClipEvent {
  readonly name: string;
  readonly time: number;
  readonly duration: number;
}

/** A value as JSON has it. */
export type AttributeValue =
  | null
  | boolean
  | number
  | string
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** A named value that a file attaches and that does not change: an FBX user property, a glTF extra. */
export interface Attribute {
  /** The joint that it is attached to; empty for the file or clip as a whole. */
  readonly joint: string;
  readonly name: string;
  readonly value: AttributeValue;
}

/** Where a clip came from and what had to be assumed to read it. */
export interface Source {
  /** Path or name of the file; empty where the clip was made in memory. */
  readonly file: string;
  readonly format: 'bvh' | 'fbx' | 'gltf' | 'gaitway' | 'unreal' | 'none';
  readonly take: string;
  /** Metres per unit of the file. */
  readonly unitMetres: number;
  /** The file's axes in words: `Y up`, `Z up, turned to Y up`. */
  readonly axes: string;
  /** Frames per second as the file has it. */
  readonly rate: Rate;
  /** What the file does not say and was guessed, in sentences. */
  readonly guesses: readonly string[];
}

/**
 * The canonical clip: right-handed, Y up, facing +Z, left is +X; metres, seconds, radians.
 *
 * Frame f stands at `f / rate`; a clip of F frames lasts `(F − 1) / rate`.
 *
 * | array          | shape               | meaning                                            |
 * | -------------- | ------------------- | -------------------------------------------------- |
 * | `rotations`    | [frames, joints, 4] | parent from joint, unit quaternions, sign-continuous |
 * | `translations` | [frames, joints, 3] | parent from joint, metres, ancestor scale folded in |
 * | `scales`       | [frames, joints, 3] | only where a joint's own scale is not 1             |
 */
export interface Clip {
  readonly name: string;
  readonly skeleton: Skeleton;
  readonly rate: Rate;
  readonly frameCount: number;
  readonly rotations: Float64Array;
  readonly translations: Float64Array;
  readonly scales?: Float64Array;
  readonly curves: readonly Curve[];
  readonly events: readonly ClipEvent[];
  readonly attributes: readonly Attribute[];
  readonly source: Source;
  readonly warnings: readonly Warning[];
}

export const clipDuration = (clip: Clip): number => (clip.frameCount - 1) * frameTime(clip.rate);
