import { frameTime, type Rate, restWorldPose } from '../clip/index.js';
import { conjugate, quatAt, rotate, yawOf } from '../math/quat.js';
import { multiplyRows, rotateRow } from '../math/quat-rows.js';
import { savitzkyGolay } from '../math/savitzky-golay.js';
import { subtract, vec3At, ZERO } from '../math/vec3.js';
import { bodyAxes, hipCentre } from './standing.js';
import type { Figure, TransferPlan } from './transfer-plan.js';
import type { TravelScale, WorldTrack } from './world-track.js';

/** What a joint above the pelvis does: stays as in the source, walks under the pelvis, or stays at the origin. */
export const ROOT_MODES = ['from-pelvis', 'keep', 'in-place'] as const;
export type RootMode = (typeof ROOT_MODES)[number];

/**
 * The pelvis of the target in every frame, [frames, 3], before it is set on the floor.
 *
 * The middle between the hips takes the source's way, scaled: where the pelvis joint itself lies differs
 * from rig to rig by a hand's breadth.
 */
export function pelvisPath(
  source: Figure,
  track: WorldTrack,
  target: Figure,
  plan: TransferPlan,
  scale: TravelScale,
): Float64Array {
  const path = new Float64Array(3 * track.frameCount);
  const { body } = source;
  const pelvis = body.roles.pelvis ?? 0;
  const { thighL, thighR } = plan.same ? {} : body.roles;
  const [left, right] = thighL === undefined || thighR === undefined ? [pelvis, pelvis] : [thighL, thighR];
  const offset = Float64Array.from(plan.same ? ZERO : hipsFromPelvis(target));
  const turn = new Float64Array(4);
  const shift = new Float64Array(3);
  for (let f = 0; f < track.frameCount; f++) {
    const row = f * track.jointCount;
    const a = 3 * (row + left);
    const b = 3 * (row + right);
    multiplyRows(track.rotations, 4 * (row + pelvis), plan.sourceAnatomy, 4 * pelvis, turn, 0);
    multiplyRows(turn, 0, plan.anatomyFromJoint, 4 * plan.pelvis, turn, 0);
    rotateRow(turn, 0, offset, 0, shift, 0);
    for (let k = 0; k < 3; k++) {
      const middle = (track.positions[a + k] + track.positions[b + k]) / 2;
      path[3 * f + k] = middle * (k === 1 ? scale.vertical : scale.horizontal) - shift[k];
    }
  }
  return path;
}

/** The middle between the hips in the pelvis joint's frame, metres. */
function hipsFromPelvis(target: Figure): readonly [number, number, number] {
  const rest = restWorldPose(target.skeleton);
  const pelvis = target.body.roles.pelvis ?? 0;
  const centre = hipCentre(rest, target.body) ?? vec3At(rest.positions, pelvis);
  return rotate(conjugate(quatAt(rest.rotations, pelvis)), subtract(centre, vec3At(rest.positions, pelvis)));
}

const PLACE_SECONDS = 0.5;
const FACING_SECONDS = 1;
const Z = Float64Array.of(0, 0, 1);

/** A joint at the floor and its way, [frames, 3] of x, z and turn about the vertical from rest, radians. */
export interface RootWay {
  readonly joint: number;
  readonly path: Float64Array;
}

/**
 * The way of the joint that stands at the floor under the body; the pelvis itself where there is none.
 *
 * `from-pelvis` and `in-place` follow the pelvis along the floor, smoothed over half a second, and face as it
 * does, smoothed over a second. `keep` takes the source's own root, or stays at the origin without one.
 */
export function rootWay(
  mode: RootMode,
  source: { readonly figure: Figure; readonly track: WorldTrack },
  target: Figure,
  pelvis: Float64Array,
  rate: Rate,
  horizontal: number,
): RootWay {
  const joint = target.body.root ?? target.body.roles.pelvis ?? 0;
  const { track, figure } = source;
  // A pelvis without a joint above it goes its own way; only taking that way out asks what it is.
  if (joint === target.body.roles.pelvis && mode !== 'in-place')
    return { joint, path: new Float64Array(3 * track.frameCount) };
  if (mode !== 'keep') {
    const facing = bodyAxes(restWorldPose(target.skeleton), target.body);
    const restYaw = facing ? yawOf(facing.forward) : 0;
    const hips = figure.body.roles.pelvis ?? 0;
    return {
      joint,
      path: groundPath(pelvis, headings(track, hips, figure.anatomy.jointFromAnatomy), rate, restYaw),
    };
  }
  const path = new Float64Array(3 * track.frameCount);
  const own = figure.body.root;
  if (own === undefined) return { joint, path };
  const rest = restWorldPose(figure.skeleton);
  const back = new Float64Array(4 * track.jointCount);
  for (let k = 0; k < 4; k++) back[4 * own + k] = (k < 3 ? -1 : 1) * rest.rotations[4 * own + k];
  const forward = headings(track, own, back);
  for (let f = 0; f < track.frameCount; f++) {
    const at = 3 * (f * track.jointCount + own);
    path[3 * f] = track.positions[at] * horizontal;
    path[3 * f + 1] = track.positions[at + 2] * horizontal;
    path[3 * f + 2] = Math.atan2(forward[2 * f], forward[2 * f + 1]);
  }
  return { joint, path };
}

/** Where a joint's own +Z, turned first by its row of `turns`, lies on the ground, [frames, 2]. */
function headings(track: WorldTrack, joint: number, turns: Float64Array): Float64Array {
  const out = new Float64Array(2 * track.frameCount);
  const forward = new Float64Array(3);
  const place = new Float64Array(3);
  rotateRow(turns, 4 * joint, Z, 0, forward, 0);
  for (let f = 0; f < track.frameCount; f++) {
    rotateRow(track.rotations, 4 * (f * track.jointCount + joint), forward, 0, place, 0);
    out[2 * f] = place[0];
    out[2 * f + 1] = place[2];
  }
  return out;
}

/** The ground under a body, smoothed as root motion is; `facing` is [frames, 2], of any length above 0. */
function groundPath(pelvis: Float64Array, facing: Float64Array, rate: Rate, restYaw: number): Float64Array {
  const frameCount = pelvis.length / 3;
  const half = (seconds: number): number => Math.floor(seconds / frameTime(rate) / 2);
  const column = (values: Float64Array, width: number, k: number): Float64Array =>
    Float64Array.from({ length: frameCount }, (_, f) => values[width * f + k]);
  const x = savitzkyGolay(column(pelvis, 3, 0), half(PLACE_SECONDS));
  const z = savitzkyGolay(column(pelvis, 3, 2), half(PLACE_SECONDS));
  const u = savitzkyGolay(column(facing, 2, 0), half(FACING_SECONDS));
  const v = savitzkyGolay(column(facing, 2, 1), half(FACING_SECONDS));
  const out = new Float64Array(3 * frameCount);
  for (let f = 0; f < frameCount; f++) {
    out[3 * f] = x[f];
    out[3 * f + 1] = z[f];
    out[3 * f + 2] = Math.atan2(u[f], v[f]) - restYaw;
  }
  return out;
}
