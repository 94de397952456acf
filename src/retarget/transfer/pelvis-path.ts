import { restWorldPose } from '../../clip/index.js';
import { conjugate, quatAt, rotate } from '../../math/quat.js';
import { multiplyRows, rotateRow } from '../../math/quat-rows.js';
import { subtract, vec3At, ZERO } from '../../math/vec3.js';
import { hipCentre } from '../body/standing.js';
import type { TravelScale, WorldTrack } from '../body/world-track.js';
import type { Figure } from '../calibrate/figure.js';
import type { TransferPlan } from './transfer-plan.js';

/** Where the pelvis of the target goes, before it is set on the floor. */
export interface PelvisPath {
  /** Joints of the source whose world poses it is made of. */
  readonly joints: readonly number[];
  /** Writes the place of every frame of a track to `out`, [frames, 3]. */
  write(track: WorldTrack, out: Float64Array): void;
}

/**
 * The middle between the hips takes the source's way, scaled: where the pelvis joint itself lies differs
 * from rig to rig by a hand's breadth.
 */
export function makePelvisPath(
  source: Figure,
  target: Figure,
  plan: TransferPlan,
  scale: TravelScale,
): PelvisPath {
  const { body } = source;
  const pelvis = body.roles.pelvis ?? 0;
  const { thighL, thighR } = plan.same ? {} : body.roles;
  const [left, right] = thighL === undefined || thighR === undefined ? [pelvis, pelvis] : [thighL, thighR];
  const offset = Float64Array.from(plan.same ? ZERO : hipsFromPelvis(target));
  const turn = new Float64Array(4);
  const shift = new Float64Array(3);
  const write = (track: WorldTrack, out: Float64Array): void => {
    for (let f = 0; f < track.frameCount; f++) {
      const row = f * track.jointCount;
      const a = 3 * (row + left);
      const b = 3 * (row + right);
      multiplyRows(track.rotations, 4 * (row + pelvis), plan.sourceAnatomy, 4 * pelvis, turn, 0);
      multiplyRows(turn, 0, plan.anatomyFromJoint, 4 * plan.pelvis, turn, 0);
      rotateRow(turn, 0, offset, 0, shift, 0);
      for (let k = 0; k < 3; k++) {
        const middle = (track.positions[a + k] + track.positions[b + k]) / 2;
        out[3 * f + k] = middle * (k === 1 ? scale.vertical : scale.horizontal) - shift[k];
      }
    }
  };
  return { joints: [pelvis, left, right], write };
}

/** The middle between the hips in the pelvis joint's frame, metres. */
function hipsFromPelvis(target: Figure): readonly [number, number, number] {
  const rest = restWorldPose(target.skeleton);
  const pelvis = target.body.roles.pelvis ?? 0;
  const centre = hipCentre(rest, target.body) ?? vec3At(rest.positions, pelvis);
  return rotate(conjugate(quatAt(rest.rotations, pelvis)), subtract(centre, vec3At(rest.positions, pelvis)));
}
