import type { StyleName } from './style.js';

/** What the walker wants to do at a time; between keys it changes evenly. */
export interface PaceKey {
  /** Seconds from the clip's start. */
  readonly at: number;
  /** Metres per second for a leg of 0.85 m; other bodies go in proportion to the root of their leg's length. */
  readonly forward: number;
  /** The same, to the left. */
  readonly left?: number;
  /** Degrees per second to the left. */
  readonly turnDeg?: number;
}

/** A jump from both feet while standing. */
export interface Jump {
  /** Seconds from the clip's start at which the feet leave the ground. */
  readonly at: number;
  /** How high the body flies, metres for a leg of 0.85 m. */
  readonly apex: number;
}

/** One clip to be made. Before the first key and after the last one the pace stays as it is there. */
export interface Script {
  /** Unique in a library; the file's name. */
  readonly name: string;
  readonly content: string;
  readonly style: StyleName;
  readonly split: 'train' | 'test';
  readonly seconds: number;
  readonly rateHz: 30 | 60;
  readonly pace: readonly PaceKey[];
  readonly jump?: Jump;
}
