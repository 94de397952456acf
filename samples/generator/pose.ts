import {
  conjugate,
  fromAxisAngle,
  IDENTITY,
  multiply,
  type Quat,
  rotate,
  slerp,
  swingTwist,
} from '#math/quat.js';
import { add, normalise, subtract, type Vec3 } from '#math/vec3.js';
import type { Body } from './body.js';
import type { FootMotion } from './feet.js';
import { type Figure, SIDES, type Side, signOf } from './figure.js';
import { bendLeg, hangArm, withinReach } from './limbs.js';
import type { Path } from './path.js';
import type { Rhythm } from './rhythm.js';
import { mixNumber } from './series.js';
import type { Style } from './style.js';

/** Everything that was planned for one clip. */
export interface Plan {
  readonly figure: Figure;
  readonly style: Style;
  readonly path: Path;
  readonly feet: Readonly<Record<Side, FootMotion>>;
  readonly rhythm: Rhythm;
  readonly body: Body;
}

/** Joint-to-parent turns and offsets of one pose. */
export interface PosedFrame {
  readonly rotations: Quat[];
  readonly translations: Vec3[];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const UP: Vec3 = [0, 1, 0];

/** A relaxed hand: how far the three joints of thumb and fingers are bent. */
const CURL_DEG: readonly (readonly [number, number, number])[] = [
  [8, 10, 12],
  [16, 22, 14],
  [20, 26, 16],
  [24, 28, 18],
  [28, 30, 20],
];

/** Poses one figure from world turns, joint by joint from the root outwards. */
class Poser {
  readonly world: Quat[];
  readonly places: Vec3[];
  readonly rotations: Quat[];
  readonly translations: Vec3[];

  constructor(readonly figure: Figure) {
    const { joints } = figure.skeleton;
    this.world = joints.map(() => IDENTITY);
    this.places = joints.map((_, j) => figure.rest[j]);
    this.rotations = joints.map(() => IDENTITY);
    this.translations = joints.map((joint) => joint.restTranslation);
  }

  /** Sets a joint's turn in the world; its place follows from its parent, which was set before. */
  turn(joint: number, world: Quat): void {
    const parent = this.parentWorld(joint);
    this.rotations[joint] = multiply(conjugate(parent.turn), world);
    this.settle(joint, parent);
  }

  /** Sets a joint's turn to its parent. */
  bend(joint: number, local: Quat): void {
    this.rotations[joint] = local;
    this.settle(joint, this.parentWorld(joint));
  }

  /** Puts a joint at a place of the world, turned so. */
  put(joint: number, place: Vec3, world: Quat): void {
    const parent = this.parentWorld(joint);
    this.translations[joint] = rotate(conjugate(parent.turn), subtract(place, parent.place));
    this.turn(joint, world);
  }

  /** Works out places and world turns again, for joints that nobody set among them. */
  settleAll(): void {
    this.rotations.forEach((_, joint) => {
      this.settle(joint, this.parentWorld(joint));
    });
  }

  private parentWorld(joint: number): { turn: Quat; place: Vec3 } {
    const { parent } = this.figure.skeleton.joints[joint];
    return parent < 0
      ? { turn: IDENTITY, place: [0, 0, 0] }
      : { turn: this.world[parent], place: this.places[parent] };
  }

  private settle(joint: number, parent: { turn: Quat; place: Vec3 }): void {
    this.world[joint] = multiply(parent.turn, this.rotations[joint]);
    this.places[joint] = add(parent.place, rotate(parent.turn, this.translations[joint]));
  }
}

function poseLeg(poser: Poser, plan: Plan, side: Side, i: number): void {
  const { figure, feet, path } = plan;
  const leg = figure.legs[side];
  const { ankle, foot, toe } = feet[side].poses[i];
  const pelvisTurn = poser.world[figure.pelvis];
  const hip = add(poser.places[figure.pelvis], rotate(pelvisTurn, leg.hipOffset));
  const reached = withinReach(hip, ankle, leg, feet[side].free[i]);
  // The knee points between where the body faces and where the toes do.
  const toes = rotate(foot, [0, 0, 1]);
  const facing = rotate(fromAxisAngle(UP, path.yaw[i]), [0, 0, 1]);
  const forward = normalise([toes[0] + facing[0], 0.3, toes[2] + facing[2]]);
  const bent = bendLeg(hip, reached, forward, leg, {
    thigh: normalise(subtract(figure.rest[leg.calf], figure.rest[leg.thigh])),
    calf: normalise(subtract(figure.rest[leg.foot], figure.rest[leg.calf])),
  });
  poser.turn(leg.thigh, bent.thigh);
  poser.turn(leg.calf, bent.calf);
  poser.turn(leg.foot, foot);
  poser.turn(leg.toe, toe);
}

function poseArm(poser: Poser, { figure, style, body, rhythm }: Plan, side: Side, i: number): void {
  const arm = figure.arms[side];
  const sign = signOf(side);
  const run = rhythm.run[i];
  const swing = body.armSwing[side][i];
  const chest = poser.world[figure.spine[figure.spine.length - 1]];
  poser.bend(
    arm.clavicle,
    multiply(
      fromAxisAngle([0, 0, 1], sign * (radians(1.1) * rhythm.breath[i] + radians(1.5) * run)),
      fromAxisAngle(UP, -sign * 0.16 * swing),
    ),
  );
  const { swing: tilt, twist: yaw } = swingTwist(chest, UP);
  const frame = multiply(slerp(IDENTITY, tilt, 0.45), yaw);
  const elbow = radians(mixNumber(style.elbowDeg, 78, run)) + (0.45 * Math.log1p(Math.exp(6 * swing))) / 6;
  const { upper, fore } = hangArm(arm, side, frame, {
    swing: swing * 0.9 + radians(mixNumber(0, -6, run)),
    spread: radians(mixNumber(style.armSpreadDeg, style.armSpreadDeg + 8, run)) + 0.05 * Math.abs(swing),
    inward: radians(mixNumber(14, 34, run)),
    elbow,
  });
  poser.turn(arm.upperArm, upper);
  poser.turn(arm.forearm, fore);
  const pronation = sign * radians(mixNumber(6, -4, run)) - sign * 0.18 * swing;
  const wristTwist = fromAxisAngle(arm.foreDirection, pronation);
  poser.bend(arm.hand, multiply(wristTwist, fromAxisAngle(arm.curlAxis, radians(7) - 0.12 * swing)));
  for (const { joint, part } of arm.foreTwists) poser.bend(joint, slerp(IDENTITY, wristTwist, part));
  arm.fingers.forEach((chain, finger) => {
    chain.forEach((joint, k) => {
      const curl = radians(CURL_DEG[finger][k]) * (mixNumber(1, 1.9, run) + 0.06 * rhythm.breath[i]);
      poser.bend(joint, fromAxisAngle(arm.curlAxis, finger === 0 ? 0.6 * curl : curl));
    });
  });
}

/** The pose at sample `i` of the path's clock. */
export function poseAt(plan: Plan, i: number): PosedFrame {
  const { figure, path, body } = plan;
  const poser = new Poser(figure);
  if (figure.root >= 0) poser.put(figure.root, [path.x[i], 0, path.z[i]], fromAxisAngle(UP, path.yaw[i]));
  poser.put(figure.pelvis, body.pelvis[i], body.pelvisTurn[i]);
  figure.spine.forEach((joint, k) => {
    poser.turn(joint, slerp(body.pelvisTurn[i], body.chestTurn[i], (k + 1) / figure.spine.length));
  });
  figure.neck.forEach((joint, k) => {
    poser.turn(joint, slerp(body.chestTurn[i], body.headTurn[i], (k + 1) / (figure.neck.length + 1)));
  });
  poser.turn(figure.head, body.headTurn[i]);
  for (const side of SIDES) {
    poseLeg(poser, plan, side, i);
    poseArm(poser, plan, side, i);
  }
  poser.settleAll();
  for (const { joint, of } of figure.followers) poser.put(joint, poser.places[of], poser.world[of]);
  return { rotations: poser.rotations, translations: poser.translations };
}
