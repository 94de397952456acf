import { type Clip, keepSignsContinuous, rateFromHz } from '../../clip/index.js';
import { divideRows, multiplyRows, rotateRow, rotateRowBack } from '../../math/quat-rows.js';
import type { PlayedTick } from './controller.js';
import type { PlayBody } from './play-body.js';

/** Takes down play, tick by tick, as a clip on the database's skeleton. */
export interface PlayRecorder {
  add(tick: PlayedTick, index: number): void;
  clip(name: string): Clip;
}

/**
 * Prepares a recorder of `ticks` ticks.
 *
 * What lies above the pelvis is carried by the character's root, standing to it as at rest: so a joint on the ground has
 * root motion. Curves `FootContact_L` and `_R` tell which foot stood in what was played.
 */
export function makePlayRecorder(body: PlayBody, ticks: number, tickHz: number): PlayRecorder {
  const { skeleton, kept, joints, above, rest } = body;
  const count = skeleton.joints.length;
  const rotations = new Float64Array(4 * count * ticks);
  const translations = new Float64Array(3 * count * ticks);
  const contacts = [new Float64Array(ticks), new Float64Array(ticks)];
  const carried = new Set(above);
  const turn = new Float64Array(4);
  const parentTurn = new Float64Array(4);
  const place = new Float64Array(3);

  /** Writes where a joint that the root carries is in the world. */
  const carry = (
    joint: number,
    { root }: PlayedTick,
    outTurn: Float64Array,
    outPlace: Float64Array,
  ): void => {
    turn[1] = Math.sin(root.yaw / 2);
    turn[3] = Math.cos(root.yaw / 2);
    multiplyRows(turn, 0, rest.rotations, 4 * joint, outTurn, 0);
    rotateRow(turn, 0, rest.positions, 3 * joint, outPlace, 0);
    outPlace[0] += root.x;
    outPlace[2] += root.z;
  };
  const world = new Float64Array(4);

  return {
    add(tick, index) {
      const at = index * count;
      for (const joint of above) {
        const { parent, restRotation, restTranslation } = skeleton.joints[joint];
        if (parent < 0) {
          carry(joint, tick, world, place);
          rotations.set(world, 4 * (at + joint));
          translations.set(place, 3 * (at + joint));
        } else {
          rotations.set(restRotation, 4 * (at + joint));
          translations.set(restTranslation, 3 * (at + joint));
        }
      }
      kept.forEach((joint, j) => {
        const { pose } = tick;
        const to = at + joint;
        const { parent } = skeleton.joints[joint];
        rotations.set(pose.rotations.subarray(4 * j, 4 * j + 4), 4 * to);
        translations.set(pose.translations.subarray(3 * j, 3 * j + 3), 3 * to);
        if (joints[j].parent >= 0 || !carried.has(parent)) return;
        // It stands in the world; its parent is carried.
        carry(parent, tick, parentTurn, place);
        divideRows(parentTurn, 0, rotations, 4 * to, rotations, 4 * to);
        for (let k = 0; k < 3; k++) place[k] = translations[3 * to + k] - place[k];
        rotateRowBack(parentTurn, 0, place, 0, translations, 3 * to);
      });
      contacts.forEach((values, side) => {
        values[index] = tick.contacts[side];
      });
    },
    clip(name) {
      keepSignsContinuous(rotations, count);
      const rate = rateFromHz(tickHz);
      return {
        name,
        skeleton,
        rate,
        frameCount: ticks,
        rotations,
        translations,
        curves: ['L', 'R'].map((side, k) => ({ name: `FootContact_${side}`, values: contacts[k] })),
        events: [],
        attributes: [],
        source: {
          file: '',
          format: 'none',
          take: name,
          unitMetres: 1,
          axes: 'Y up',
          rate,
          guesses: [],
        },
        warnings: [],
      };
    },
  };
}
