import type { BodyRole } from '../../clip/index.js';
import type { JointPlaces } from '../body/joint-places.js';

/** A body's motion and its size. */
export interface Measured {
  readonly places: JointPlaces;
  /** Leg length, metres. */
  readonly leg: number;
}

/** Lengths are told in centimetres. */
export const CM = 100;

/** Of a long clip so many frames are looked at. */
const MOST_FRAMES = 500;

/** Every how many frames a body is looked at from frame `from` on. */
export const strideOf = ({ frameCount }: JointPlaces, from: number): number =>
  Math.max(1, Math.floor((frameCount - from) / MOST_FRAMES));

/** Whether both figures have all these roles. */
export const haveBoth = (a: Measured, b: Measured, roles: readonly BodyRole[]): boolean =>
  roles.every((role) => a.places.rows[role] !== undefined && b.places.rows[role] !== undefined);

/** Where a role's place in frame 0 begins among a body's positions. */
export const placeOf = ({ rows }: JointPlaces, role: BodyRole): number => 3 * (rows[role] as number);

export const meanOf = (sum: number, count: number): number | undefined =>
  count > 0 ? sum / count : undefined;
