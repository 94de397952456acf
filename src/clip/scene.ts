import type { Warning } from '../errors.js';
import type { Affine } from '../math/affine.js';
import type { Attribute, ClipEvent, Source } from './clip.js';
import type { Rate } from './rate.js';
import type { Skeleton } from './skeleton.js';

/** One animation of a file. */
export interface Take {
  /** Name in the file; empty where the format has none. */
  readonly name: string;
  /** Frames per second of the file, or the rate whose frames its keys lie on. */
  readonly rate: Rate;
  /** Frames at `rate` from the take's start to its end, both included. */
  readonly frameCount: number;
  /** Seconds. */
  readonly duration: number;
  /** Events on the take's own time line. */
  readonly events: readonly ClipEvent[];
  /** Names of float curves, in the order in which `evaluateCurves` writes them. */
  readonly curveNames: readonly string[];
}

/**
 * A file as its format means it, unbaked: asks for poses at any time.
 *
 * World space is canonical in unit and up axis (metres, right-handed, Y up); it is not turned about the
 * vertical and not moved. Whatever stands above the joints (an Armature node, its scale) is part of the
 * answer.
 */
export interface Scene {
  readonly skeleton: Skeleton;
  readonly takes: readonly Take[];
  /** Values that the file attaches to joints, or to itself. */
  readonly attributes: readonly Attribute[];
  readonly source: Omit<Source, 'take' | 'rate'>;
  readonly warnings: readonly Warning[];
  /** Joints by VRM humanoid bone name (`leftUpperArm`), where the file says so itself. */
  readonly humanoid?: Readonly<Record<string, number>>;
  /**
   * Writes the world matrices [joints, 12] (see math/affine.ts) of a take at `time` seconds from its start.
   *
   * Times outside the take give its first or last pose. `take` −1 gives the rest pose.
   */
  evaluate(take: number, time: number, out: Affine): void;
  /** Writes the values [curves] of a take's float curves at `time`; absent where the format carries none. */
  evaluateCurves?(take: number, time: number, out: Float64Array): void;
}
