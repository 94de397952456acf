import { frameTime, type Rate } from '../../clip/index.js';
import { multiplyRows } from '../../math/quat-rows.js';
import { size3 } from '../../math/size.js';
import type { Body } from '../body/body.js';
import type { TravelScale } from '../body/world-track.js';
import type { MovingFigure } from '../calibrate/calibrate.js';
import type { Figure } from '../calibrate/figure.js';
import { blocks, makeTransfer } from '../transfer/transfer.js';
import type { TransferPlan } from '../transfer/transfer-plan.js';
import { smoothBell } from './smooth.js';

/** What the trunk does faster than this is a shake where the source's does not do it. */
const SLOW_SECONDS = 0.04;
/** Share of the source's own quick movement, squared, that a shake has to exceed to be taken for one. */
const MOTION = 0.02;
/** The spine bends by no more against shakes, radians. */
const MOST = (4 * Math.PI) / 180;

/**
 * World turns of the target's spine joints, [frames, 4] each, that keep the upper body as steady as the source's.
 *
 * In mocap the pelvis twitches and the spine above it twitches back, because markers hold the chest. On a body of
 * other proportions the two no longer cancel, and chest, head and hands shake. Here the spine is bent by what
 * the top of it moves otherwise than the source's, as far as that is quick; slow differences are the body's own.
 */
export function steadyTrunk(
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
  scale: TravelScale,
  rate: Rate,
): Map<number, Float64Array> {
  const { spine, roles } = target.body;
  const own = shoulders(roles);
  const theirs = shoulders(source.figure.body.roles);
  const { track } = source;
  const { frameCount, jointCount } = track;
  const outs = spine.map(() => new Float64Array(4 * frameCount));
  if (plan.same || spine.length === 0 || plan.from[spine[0]] < 0 || !own || !theirs) return new Map();
  const transfer = makeTransfer(plan, track, { pelvis }, { world: [...spine, ...own] });
  const { positions, rotations } = transfer.world;
  const { length } = plan.skeleton.joints;
  const along = new Float64Array(3 * frameCount);
  const wished = new Float64Array(3 * frameCount);
  const astray = new Float64Array(3 * frameCount);
  for (const [first, count] of blocks(0, frameCount)) {
    transfer.carry(first, count);
    for (let i = 0; i < count; i++) {
      const at = 3 * (first + i);
      const from = 3 * (first + i) * jointCount;
      const row = 3 * i * length;
      for (let k = 0; k < 3; k++) {
        const middle =
          (track.positions[from + 3 * theirs[0] + k] + track.positions[from + 3 * theirs[1] + k]) / 2;
        wished[at + k] = middle * (k === 1 ? scale.vertical : scale.horizontal);
        const place = (positions[row + 3 * own[0] + k] + positions[row + 3 * own[1] + k]) / 2;
        along[at + k] = place - positions[row + 3 * spine[0] + k];
        astray[at + k] = place - wished[at + k];
      }
    }
    for (let n = 0; n < spine.length; n++) {
      const out = outs[n];
      for (let i = 0; i < count; i++)
        for (let k = 0; k < 4; k++) out[4 * (first + i) + k] = rotations[4 * (i * length + spine[n]) + k];
    }
  }
  const shake = quickPart(astray, SLOW_SECONDS / frameTime(rate));
  const moved = quickPart(wished, SLOW_SECONDS / frameTime(rate));
  const bend = new Float64Array(4);
  for (let f = 0; f < frameCount; f++) {
    const at = 3 * f;
    const [vx, vy, vz] = [along[at], along[at + 1], along[at + 2]];
    const squared = shake[at] ** 2 + shake[at + 1] ** 2 + shake[at + 2] ** 2;
    const own = moved[at] ** 2 + moved[at + 1] ** 2 + moved[at + 2] ** 2;
    // Where the source's shoulders themselves are quick it is motion, not a shake.
    const share = squared / (squared + MOTION * own + 1e-18);
    const [dx, dy, dz] = [-share * shake[at], -share * shake[at + 1], -share * shake[at + 2]];
    const size = vx * vx + vy * vy + vz * vz;
    if (size < 1e-8) continue;
    const x = (vy * dz - vz * dy) / size;
    const y = (vz * dx - vx * dz) / size;
    const z = (vx * dy - vy * dx) / size;
    const angle = size3(x, y, z);
    if (angle < 1e-12) continue;
    const half = (MOST * Math.tanh(angle / MOST)) / 2;
    const s = Math.sin(half) / angle;
    bend[0] = x * s;
    bend[1] = y * s;
    bend[2] = z * s;
    bend[3] = Math.cos(half);
    for (let i = 0; i < outs.length; i++) multiplyRows(bend, 0, outs[i], 4 * f, outs[i], 4 * f);
  }
  return new Map(spine.map((joint, i) => [joint, outs[i]]));
}

/** What a way of [frames, 3] has that its smoothed self has not. */
function quickPart(way: Float64Array, sigma: number): Float64Array {
  const quick = Float64Array.from(way);
  smoothBell(quick, 3, sigma);
  for (let i = 0; i < quick.length; i++) quick[i] = way[i] - quick[i];
  return quick;
}

/** The joints between whose places the shoulders are held. */
function shoulders({
  upperArmL,
  upperArmR,
  neck,
  head,
}: Body['roles']): readonly [number, number] | undefined {
  if (upperArmL !== undefined && upperArmR !== undefined) return [upperArmL, upperArmR];
  const top = neck ?? head;
  return top === undefined ? undefined : [top, top];
}
