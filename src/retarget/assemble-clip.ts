import { type Clip, frameTime, keepSignsContinuous } from '../clip/index.js';
import { conjugate, fromAxisAngle, IDENTITY, multiply, quatAt, rotate, setQuat } from '../math/quat.js';
import { add, setVec3, subtract, UP, vec3At, ZERO } from '../math/vec3.js';
import type { MovingFigure } from './calibrate/calibrate.js';
import type { Figure } from './calibrate/figure.js';
import type { SolvedBody } from './solve/solve-body.js';
import { makeHelperJoints } from './transfer/helper-joints.js';
import type { RootWay } from './transfer/root-way.js';
import { makeTransfer, type Transfer } from './transfer/transfer.js';
import type { TransferPlan } from './transfer/transfer-plan.js';
import { makeTwistJoints } from './transfer/twist-joints.js';

export interface AssembleOptions {
  readonly root: RootWay;
  /** The first frame of the source's track that is wanted, and how many. */
  readonly first: number;
  readonly frameCount: number;
}

/** The finished clip: every joint carried over, limbs as solved, twist and helper joints set. */
export function assembleClip(
  clip: Clip,
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  { pelvis, limbs, trunk }: SolvedBody,
  { root, first, frameCount }: AssembleOptions,
): Clip {
  const { joints } = plan.skeleton;
  const count = joints.length;
  const turns = new Map(trunk);
  for (const { joints, upper, lower } of limbs) turns.set(joints.upper, upper).set(joints.lower, lower);
  const transfer = makeTransfer(plan, source.track, { pelvis, turns, root });
  const twists = plan.same ? undefined : makeTwistJoints(plan, target.body);
  const helpers = makeHelperJoints(plan, target.body);
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float64Array(3 * count * frameCount);
  for (let f = 0; f < frameCount; f++) {
    transfer.carry(f + first);
    twists?.apply(transfer.local.rotations);
    helpers.apply(transfer.world, transfer.local.rotations, transfer.local.translations);
    showRoot(plan, transfer, root, f + first);
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

/** Moves the root from where the body has it to where it is shown, with all that hangs from it. */
function showRoot(plan: TransferPlan, { local, world }: Transfer, way: RootWay, frame: number): void {
  const { joint, path, shown } = way;
  if (!shown) return;
  const at = 4 * frame;
  const turn = fromAxisAngle(UP, shown[at + 3] - path[at + 3]);
  const from = subtract(vec3At(world.positions, joint), [path[at], path[at + 1], path[at + 2]]);
  const place = add([shown[at], shown[at + 1], shown[at + 2]], rotate(turn, from));
  const parent = plan.skeleton.joints[joint].parent;
  const above = parent < 0 ? IDENTITY : conjugate(quatAt(world.rotations, parent));
  const origin = parent < 0 ? ZERO : vec3At(world.positions, parent);
  setVec3(local.translations, joint, rotate(above, subtract(place, origin)));
  setQuat(local.rotations, joint, multiply(above, multiply(turn, quatAt(world.rotations, joint))));
}
