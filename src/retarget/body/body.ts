import type { BodyRole } from '../../clip/index.js';
import type { Warning } from '../../errors.js';

export type Side = 'L' | 'R';
export const SIDES: readonly Side[] = ['L', 'R'];

export const FINGERS = ['thumb', 'index', 'middle', 'ring', 'pinky'] as const;
export type FingerName = (typeof FINGERS)[number];

/** Chains of any number of joints, which a bone map may give. */
export const CHAIN_NAMES = [
  'spine',
  'neck',
  ...SIDES.flatMap((side) => FINGERS.map((finger) => `${finger}${side}` as const)),
] as const;
export type ChainName = (typeof CHAIN_NAMES)[number];

/** One finger: its joints from the knuckle outwards, and the joint inside the palm where the rig has one. */
export interface Finger {
  readonly metacarpal: number | undefined;
  /** From the knuckle to the last joint that bends; end markers are left out. */
  readonly joints: readonly number[];
}

/** A joint that takes a share of a limb's twist. */
export interface Twist {
  readonly joint: number;
  /** The limb segment it lies in, by the role that the segment begins with. */
  readonly limb: BodyRole;
  /** Where it lies along the segment: 0 at its beginning, 1 at its end. */
  readonly fraction: number;
  /** Whether the limb runs through it (MakeHuman's `upperarm02.L`); else it is a side branch. */
  readonly inChain: boolean;
}

/** A joint that moves with a part of the body without being its child: `ik_foot_l`, `ik_hand_gun`, `interaction`. */
export interface Helper {
  readonly joint: number;
  readonly follows: BodyRole | 'root';
}

/**
 * What the joints of a skeleton are, as plain data; all numbers are joint indices.
 *
 * A role that the skeleton does not have is absent. `spine1` and `spine3` are the first and last of `spine`,
 * `neck` is the first of `neck`; the roles name the ends and these lists hold everything between.
 */
export interface Body {
  /** The family of skeletons that it was known by; `unknown` where form alone decided. */
  readonly family: string;
  readonly roles: Readonly<Partial<Record<BodyRole, number>>>;
  /** How sure each role is, 0..1; below 0.6 a person should look. */
  readonly certainty: Readonly<Partial<Record<BodyRole, number>>>;
  /** From the first joint above the pelvis to the last below the neck, in order. */
  readonly spine: readonly number[];
  /** From the first joint above the spine to the last below the head, in order. */
  readonly neck: readonly number[];
  readonly fingers: Readonly<Record<Side, Readonly<Partial<Record<FingerName, Finger>>>>>;
  readonly twists: readonly Twist[];
  readonly helpers: readonly Helper[];
  /** A joint above the pelvis that stands at the floor, where there is one. */
  readonly root: number | undefined;
  readonly warnings: readonly Warning[];
}
