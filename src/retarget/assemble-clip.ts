import { type Clip, frameTime, keepSignsContinuous } from '../clip/index.js';
import type { MovingFigure } from './calibrate.js';
import { makeHelperJoints } from './helper-joints.js';
import type { SideLimb } from './limb-tracks.js';
import { type RootMode, rootWay } from './root-path.js';
import { makeTransfer, type Transfer } from './transfer.js';
import type { Figure, TransferPlan } from './transfer-plan.js';
import { makeTwistJoints } from './twist-joints.js';

export interface AssembleOptions {
  readonly mode: RootMode;
  /** The first frame of the source's track that is wanted, and how many. */
  readonly first: number;
  readonly frameCount: number;
  /** Scale of ways along the floor. */
  readonly horizontal: number;
}

/** The finished clip: every joint carried over, limbs as solved, twist and helper joints set. */
export function assembleClip(
  clip: Clip,
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
  limbs: readonly SideLimb[],
  trunk: ReadonlyMap<number, Float64Array>,
  { mode, first, frameCount, horizontal }: AssembleOptions,
): Clip {
  const { joints } = plan.skeleton;
  const count = joints.length;
  const turns = new Map(trunk);
  for (const { joints, upper, lower } of limbs) turns.set(joints.upper, upper).set(joints.lower, lower);
  const root = rootWay(mode, source, target, pelvis, clip.rate, horizontal);
  const transfer = makeTransfer(plan, source.track, { pelvis, turns, root });
  const twists = plan.same ? undefined : makeTwistJoints(plan, target.body);
  const helpers = makeHelperJoints(plan, target.body);
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float64Array(3 * count * frameCount);
  for (let f = 0; f < frameCount; f++) {
    transfer.carry(f + first);
    twists?.apply(transfer.local.rotations);
    helpers.apply(transfer.world, transfer.local.rotations, transfer.local.translations);
    if (mode === 'in-place') stayInPlace(plan, transfer, root.joint, root.path, f + first);
    rotations.set(transfer.local.rotations, 4 * count * f);
    translations.set(transfer.local.translations, 3 * count * f);
  }
  keepSignsContinuous(rotations, count);
  const trimmed = clip.frameCount - frameCount;
  const dropped = trimmed * frameTime(clip.rate);
  const { scales: _scales, ...kept } = clip;
  return {
    ...kept,
    skeleton: plan.skeleton,
    frameCount,
    rotations,
    translations,
    curves: clip.curves.map(({ name, values }) => ({ name, values: values.subarray(trimmed) })),
    events: clip.events.map((event) => ({ ...event, time: Math.max(0, event.time - dropped) })),
    // What is attached to a joint of the source says nothing about a joint of the target.
    attributes: clip.attributes.filter(({ joint }) => joint === ''),
  };
}

/** Puts the root back to rest; without one, takes the way along the floor out of the pelvis. */
function stayInPlace(
  plan: TransferPlan,
  transfer: Transfer,
  root: number,
  path: Float64Array,
  frame: number,
): void {
  const { rotations, translations } = transfer.local;
  if (root === plan.pelvis) {
    translations[3 * root] -= path[3 * frame];
    translations[3 * root + 2] -= path[3 * frame + 1];
    return;
  }
  for (let k = 0; k < 4; k++) rotations[4 * root + k] = plan.restRotations[4 * root + k];
  for (let k = 0; k < 3; k++) translations[3 * root + k] = plan.restTranslations[3 * root + k];
}
