import { type BodyRole, type Clip, frameTime, keepSignsContinuous, type Skeleton } from '../clip/index.js';
import { conjugate, fromAxisAngle, IDENTITY, multiply, quatAt, rotate, setQuat } from '../math/quat.js';
import { add, setVec3, subtract, UP, vec3At, ZERO } from '../math/vec3.js';
import { type Body, SIDES } from './body/body.js';
import type { JointPlaces } from './body/joint-places.js';
import { worldTrack } from './body/world-track.js';
import type { MovingFigure } from './calibrate/calibrate.js';
import type { Figure } from './calibrate/figure.js';
import type { SolvedBody } from './solve/solve-body.js';
import { helperJoints } from './transfer/helper-joints.js';
import type { RootWay } from './transfer/root-way.js';
import { blocks, makeTransfer, type Transfer } from './transfer/transfer.js';
import type { TransferPlan } from './transfer/transfer-plan.js';
import { twistJoints } from './transfer/twist-joints.js';

export interface AssembleOptions {
  readonly root: RootWay;
  /** The first frame of the source's track that is wanted, and how many. */
  readonly first: number;
  readonly frameCount: number;
}

/** The finished clip, and where its body goes, be it shown there or in place. */
export interface Assembled {
  readonly clip: Clip;
  readonly places: JointPlaces;
}

/**
 * The finished clip: every joint carried over, limbs as solved, twist and helper joints set.
 *
 * @throws GaitwayError `retarget/not-finite` naming joint and frame where a turn or place is no number.
 */
export function assembleClip(
  clip: Clip,
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  { pelvis, limbs, trunk }: SolvedBody,
  { root, first, frameCount }: AssembleOptions,
): Assembled {
  const count = plan.skeleton.joints.length;
  const turns = new Map(trunk);
  for (const { joints, upper, lower } of limbs) turns.set(joints.upper, upper).set(joints.lower, lower);
  const roles = measuredRoles(target.body);
  const joints = roles.map((role) => target.body.roles[role] as number);
  const parent = plan.skeleton.joints[root.joint].parent;
  const transfer = makeTransfer(
    plan,
    source.track,
    { pelvis, turns, root },
    {
      world: [...joints, ...(root.shown ? [root.joint, parent].filter((joint) => joint >= 0) : [])],
      finished: {
        twists: plan.same ? [] : twistJoints(plan, target.body),
        helpers: helperJoints(plan, target.body),
      },
    },
  );
  const { local, world } = transfer;
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float64Array(3 * count * frameCount);
  const positions = new Float64Array(3 * roles.length * frameCount);
  let isWhole = true;
  for (const [from, frames] of blocks(first, frameCount)) {
    isWhole = transfer.carry(from, frames) && isWhole;
    for (let r = 0; r < joints.length; r++)
      for (let i = 0; i < frames; i++) {
        const to = 3 * ((from - first + i) * joints.length + r);
        const at = 3 * (i * count + joints[r]);
        for (let k = 0; k < 3; k++) positions[to + k] = world.positions[at + k];
      }
    if (root.shown) for (let i = 0; i < frames; i++) showRoot(plan, transfer, root, from + i, i);
    rotations.set(local.rotations.subarray(0, 4 * count * frames), 4 * count * (from - first));
    translations.set(local.translations.subarray(0, 3 * count * frames), 3 * count * (from - first));
  }
  if (root.shown) keepSignsContinuous(rotations, count);
  const result = clipOn(plan.skeleton, clip, { rotations, translations, frameCount });
  if (!isWhole) worldTrack(result);
  const rows = Object.fromEntries(roles.map((role, row) => [role, row]));
  return { clip: result, places: { frameCount, rowCount: roles.length, positions, rows } };
}

/** A clip's last frames with other poses on another skeleton. */
export function clipOn(
  skeleton: Skeleton,
  clip: Clip,
  poses: Pick<Clip, 'rotations' | 'translations' | 'frameCount'>,
): Clip {
  const trimmed = clip.frameCount - poses.frameCount;
  const dropped = trimmed * frameTime(clip.rate);
  const { scales: _scales, ...kept } = clip;
  return {
    ...kept,
    ...poses,
    skeleton,
    curves: clip.curves.map(({ name, values }) => ({ name, values: values.subarray(trimmed) })),
    events: clip.events.map((event) => ({ ...event, time: Math.max(0, event.time - dropped) })),
    // What is attached to a joint of the source says nothing about a joint of the target.
    attributes: clip.attributes.filter(({ joint }) => joint === ''),
  };
}

/** The roles by whose places a clip is measured. */
const measuredRoles = ({ roles }: Body): BodyRole[] =>
  SIDES.flatMap((side) =>
    (['upperArm', 'forearm', 'hand', 'thigh', 'calf', 'foot', 'toe'] as const)
      .map((part) => `${part}${side}` as const)
      .filter((role) => roles[role] !== undefined),
  );

/** Moves the root of a block's frame `row` from where the body has it to where it is shown, with all that hangs from it. */
function showRoot(
  plan: TransferPlan,
  { local, world }: Transfer,
  { joint, path, shown }: RootWay,
  frame: number,
  row: number,
): void {
  if (!shown) return;
  const at = 4 * frame;
  const offset = row * plan.skeleton.joints.length;
  const turn = fromAxisAngle(UP, shown[at + 3] - path[at + 3]);
  const from = subtract(vec3At(world.positions, offset + joint), [path[at], path[at + 1], path[at + 2]]);
  const place = add([shown[at], shown[at + 1], shown[at + 2]], rotate(turn, from));
  const parent = plan.skeleton.joints[joint].parent;
  const above = parent < 0 ? IDENTITY : conjugate(quatAt(world.rotations, offset + parent));
  const origin = parent < 0 ? ZERO : vec3At(world.positions, offset + parent);
  setVec3(local.translations, offset + joint, rotate(above, subtract(place, origin)));
  const turned = multiply(turn, quatAt(world.rotations, offset + joint));
  setQuat(local.rotations, offset + joint, multiply(above, turned));
}
