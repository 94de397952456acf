import { forwardKinematics, type LocalPose, type WorldPose } from '../../clip/index.js';
import { type LimbTrack, makeLimbSolver } from '../../math/limb-ik.js';
import { divideRows, rotateRow } from '../../math/quat-rows.js';
import { size2, size3 } from '../../math/size.js';
import { springStep, stepSprings } from '../../math/springs.js';
import type { MotionDatabase } from '../database/database.js';
import { kneeAxis } from './knee-axis.js';
import type { PoseBank } from './pose-bank.js';
import type { LockSettings } from './settings.js';

/** Joints of a leg in the play body, −1 where there is none; `toe` is the ball of the foot, or else the ankle. */
interface Leg {
  readonly thigh: number;
  readonly calf: number;
  readonly foot: number;
  readonly toe: number;
}

/** The legs, left and right, of a body whose database was built with both. */
function legsOf({ body }: PoseBank): readonly [Leg, Leg] {
  const leg = (side: 'L' | 'R'): Leg => {
    const at = (role: string): number => body.roles[role + side] ?? -1;
    return { thigh: at('thigh'), calf: at('calf'), foot: at('foot'), toe: Math.max(at('toe'), at('foot')) };
  };
  return [leg('L'), leg('R')];
}

/** The balls of both feet, or the ankles where there are none. */
export function toesOf(bank: PoseBank): readonly [number, number] {
  const [left, right] = legsOf(bank);
  return [left.toe, right.toe];
}

/**
 * Holds standing feet where they came down: the ball of the foot stays on its point over the ground and the leg is bent
 * to reach it, foot turned as in the clip. Coming to hold and letting go are blended as jumps are; a foot that
 * is drawn too far away is let go.
 */
export interface FootLock {
  /**
   * Locks feet of one tick: `contacts` [2] says which stand; `pose` and its `world` are altered in place.
   */
  apply(contacts: Uint8Array, pose: LocalPose, world: WorldPose): void;
}

/** Offsets smaller than this (metres) are over. */
const OVER = 1e-5;

/** @param dt Seconds of a tick. */
export function makeFootLock(
  database: MotionDatabase,
  bank: PoseBank,
  settings: LockSettings,
  dt: number,
): FootLock {
  // A leg without a known knee cannot be bent.
  const feet = legsOf(bank).map((leg) =>
    leg.calf < 0 ? undefined : makeLegLock(database, bank, leg, settings, dt),
  );
  return {
    apply(contacts, pose, world) {
      feet[0]?.(contacts[0] === 1, pose, world);
      feet[1]?.(contacts[1] === 1, pose, world);
    },
  };
}

type LegLock = (stands: boolean, pose: LocalPose, world: WorldPose) => void;

function makeLegLock(
  database: MotionDatabase,
  bank: PoseBank,
  { thigh, calf, foot, toe }: Leg,
  { unlockRadius, catchHalflife, releaseHalflife, catchAgain }: LockSettings,
  dt: number,
): LegLock {
  const { body } = bank;
  const axis = kneeAxis(database, bank, [thigh, calf, foot]);
  const limb: LimbTrack = {
    base: new Float64Array(3),
    middle: new Float64Array(3),
    tip: new Float64Array(3),
    upper: new Float64Array(4),
    lower: new Float64Array(4),
    hinge: new Float64Array(3),
  };
  const solver = makeLimbSolver(limb);
  const goal = new Float64Array(3);
  const footTurn = new Float64Array(4);

  const turnTo = (joint: number, turn: Float64Array, pose: LocalPose, world: WorldPose): void => {
    const { parent } = body.joints[joint];
    divideRows(world.rotations, 4 * parent, turn, 0, pose.rotations, 4 * joint);
    forwardKinematics(body, pose.rotations, pose.translations, world);
  };

  /** Bends the leg so that the ball of the foot moves by (x, z) over the ground. */
  const shift = (x: number, z: number, pose: LocalPose, world: WorldPose): void => {
    const { positions: p, rotations: r } = world;
    for (let k = 0; k < 3; k++) {
      limb.base[k] = p[3 * thigh + k];
      limb.middle[k] = p[3 * calf + k];
      limb.tip[k] = p[3 * foot + k];
    }
    for (let k = 0; k < 4; k++) {
      limb.upper[k] = r[4 * thigh + k];
      limb.lower[k] = r[4 * calf + k];
      footTurn[k] = r[4 * foot + k];
    }
    rotateRow(r, 4 * thigh, axis, 0, limb.hinge, 0);
    goal[0] = limb.tip[0] + x;
    goal[1] = limb.tip[1];
    goal[2] = limb.tip[2] + z;
    const reach = size3(goal[0] - limb.base[0], goal[1] - limb.base[1], goal[2] - limb.base[2]);
    solver.pose(0, solver.bendChange(0, reach), goal);
    turnTo(thigh, limb.upper, pose, world);
    turnTo(calf, limb.lower, pose, world);
    turnTo(foot, footTurn, pose, world);
  };

  const catching = springStep(catchHalflife, dt);
  const releasing = springStep(releaseHalflife, dt);
  const offset = new Float64Array(2);
  const speed = new Float64Array(2);
  const point = new Float64Array(2);
  const before = new Float64Array([Number.NaN, Number.NaN]);
  let stood = false;
  let locked = false;

  return (stands, pose, world) => {
    const [x, z] = [world.positions[3 * toe], world.positions[3 * toe + 2]];
    const perSecond = Number.isNaN(before[0]) ? 0 : 1 / dt;
    const [speedX, speedZ] =
      perSecond > 0 ? [(x - before[0]) * perSecond, (z - before[1]) * perSecond] : [0, 0];
    before[0] = x;
    before[1] = z;
    stepSprings(locked ? catching : releasing, offset, speed);
    if (stands && !locked && (!stood || size2(offset[0], offset[1]) < catchAgain)) {
      // From where it is, and as it moves, to standing still there.
      point[0] = x + offset[0];
      point[1] = z + offset[1];
      offset.fill(0);
      speed[0] += speedX;
      speed[1] += speedZ;
      locked = true;
    } else if (locked && (!stands || size2(point[0] - x, point[1] - z) > unlockRadius)) {
      offset[0] += point[0] - x;
      offset[1] += point[1] - z;
      speed[0] -= speedX;
      speed[1] -= speedZ;
      locked = false;
    }
    stood = stands;
    const moveX = (locked ? point[0] - x : 0) + offset[0];
    const moveZ = (locked ? point[1] - z : 0) + offset[1];
    if (size2(moveX, moveZ) > OVER) shift(moveX, moveZ, pose, world);
  };
}
