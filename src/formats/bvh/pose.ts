import type { BvhFile } from './parse.js';
import type { RowBlock } from './rows.js';

const HALF_RADIANS = Math.PI / 360;

/** Joint-to-parent pose in file units and file axes. */
export interface BvhPose {
  /** [joints, 4] */
  readonly rotations: Float64Array;
  /** [joints, 3] */
  readonly translations: Float64Array;
}

export const makeBvhPose = (jointCount: number): BvhPose => ({
  rotations: new Float64Array(4 * jointCount),
  translations: new Float64Array(3 * jointCount),
});

/** Writes the pose of a row, or the zero pose for frame −1. */
export type ReadBvhPose = (frame: number, out: BvhPose) => BvhPose;

/** What a number of a row does: 0..2 a place along x, y, z; 3..5 a turn about them; 6 nothing. */
const IGNORED = 6;

/**
 * Makes the function that writes the pose of a row; it allocates nothing.
 *
 * Turns are multiplied in the order in which the joint lists them; a position channel replaces its axis of
 * the OFFSET.
 */
export function makePoseReader({ joints, motion: { rows } }: BvhFile): ReadBvhPose {
  const offsets = Float64Array.from(joints.flatMap(({ offset }) => offset));
  // CHANNELS may stand behind a joint's children, so joints need not own their numbers in list order.
  const begins = Int32Array.from(joints, ({ firstChannel }) => firstChannel);
  const ends = Int32Array.from(joints, ({ firstChannel, channels }) => firstChannel + channels.length);
  const effects = new Uint8Array(rows.width);
  for (const { channels, firstChannel } of joints)
    channels.forEach(({ kind, axis }, c) => {
      effects[firstChannel + c] =
        kind === 'ignored' ? IGNORED : 'XYZ'.indexOf(axis) + (kind === 'rotation' ? 3 : 0);
    });
  const { blocks, rowsPerBlock, width } = rows;
  const none = new Float64Array(0);

  return (frame, out) => {
    const { rotations, translations } = out;
    translations.set(offsets);
    const values = frame < 0 ? none : (blocks[Math.floor(frame / rowsPerBlock)] as RowBlock);
    const row = (frame % rowsPerBlock) * width;
    for (let j = 0; j < begins.length; j++) {
      let x = 0;
      let y = 0;
      let z = 0;
      let w = 1;
      const end = frame < 0 ? 0 : (ends[j] as number);
      for (let c = begins[j] as number; c < end; c++) {
        const value = values[row + c] as number;
        const effect = effects[c] as number;
        if (effect < 3) {
          translations[3 * j + effect] = value;
          continue;
        }
        if (effect === IGNORED) continue;
        const s = Math.sin(value * HALF_RADIANS);
        const k = Math.cos(value * HALF_RADIANS);
        const ax = x;
        const ay = y;
        const az = z;
        const aw = w;
        if (effect === 3) {
          x = ax * k + aw * s;
          y = ay * k + az * s;
          z = az * k - ay * s;
          w = aw * k - ax * s;
        } else if (effect === 4) {
          x = ax * k - az * s;
          y = ay * k + aw * s;
          z = az * k + ax * s;
          w = aw * k - ay * s;
        } else {
          x = ax * k + ay * s;
          y = ay * k - ax * s;
          z = az * k + aw * s;
          w = aw * k - az * s;
        }
      }
      rotations[4 * j] = x;
      rotations[4 * j + 1] = y;
      rotations[4 * j + 2] = z;
      rotations[4 * j + 3] = w;
    }
    return out;
  };
}
