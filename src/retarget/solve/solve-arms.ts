import { type BodyRole, type Rate, restWorldPose } from '../../clip/index.js';
import { makeBandSystem } from '../../math/band-system.js';
import { poseLimb } from '../../math/limb-ik.js';
import { distance, vec3At } from '../../math/vec3.js';
import { pathOf, type TravelScale } from '../body/world-track.js';
import type { MovingFigure } from '../calibrate/calibrate.js';
import type { Figure } from '../calibrate/figure.js';
import type { Given } from '../transfer/given.js';
import { jointWays } from '../transfer/joint-ways.js';
import { limbTracks, type SideLimb } from '../transfer/limb-tracks.js';
import type { TransferPlan } from '../transfer/transfer-plan.js';
import {
  type BodyPart,
  type HandRows,
  type HandWays,
  type HandWish,
  keepToBody,
  keepToFloor,
  keepTogether,
} from './hand-wishes.js';
import { makeJerkRows } from './jerk-rows.js';
import { makeLimbDirections } from './limb-directions.js';
import { inPieces } from './pieces.js';

/** How much the hand's jerk counts against the arm's directions (radians). */
const JERK = 0.05;
/** Holds the hand of an arm that has no direction, by its distance in leg lengths. */
const REST = 1e-4;
const ROUNDS = { free: 2, wished: 4 };

export interface ArmSolve {
  readonly plan: TransferPlan;
  readonly source: MovingFigure;
  readonly target: Figure;
  /** The target's pelvis, and the turns that are solved already. */
  readonly given: Given;
  readonly scale: TravelScale;
  readonly sourceLeg: number;
  readonly targetLeg: number;
  readonly rate: Rate;
  readonly hands: readonly HandWish[];
  /** Height at which the target's balls stand, metres. */
  readonly ground: number;
}

/**
 * The target's arms, whose hands are steadied over the whole clip: the arm points as the source's, and where the
 * hand would jerk more than the source's, scaled to the target, it does not.
 *
 * What shoulders of other height or width shake is so taken off the hands, by hundredths of a degree in the arm.
 * `hands` may ask more of them, see `HandWish`.
 */
export function solveArms(what: ArmSolve): SideLimb[] {
  const { plan, source, target, given } = what;
  const all = limbTracks('arm', plan, source.track, target, given);
  const arms = all.flatMap((arm) => {
    const hand = source.figure.body.roles[`hand${arm.side}`];
    return hand === undefined ? [] : [{ arm, theirs: pathOf(source.track, hand) }];
  });
  const parts = what.hands.includes('body') ? bodyParts(what) : [];
  // Arms that do not hang on each other are solved one by one.
  const groups = what.hands.includes('prop') ? [arms] : arms.map((arm) => [arm]);
  for (const group of groups) {
    const hands = group.map(({ arm, theirs }, i) => ({ own: Float64Array.from(arm.tip), theirs, at: 3 * i }));
    solveGroup(
      group.map(({ arm }) => arm),
      hands,
      wishRows(hands, parts, what),
      what,
    );
  }
  return all;
}

function solveGroup(
  arms: readonly SideLimb[],
  hands: readonly HandWays[],
  wishes: readonly HandRows[],
  what: ArmSolve,
): void {
  const { targetLeg } = what;
  if (arms.length === 0) return;
  const width = 3 * arms.length;
  const directions = arms.map(makeLimbDirections);
  const jerkWish = wishes.length > 0 ? 'everywhere' : 'excess';
  const jerks = arms.map((arm, i) => makeJerkRows(handWay(arm, hands[i], what), targetLeg, JERK, jerkWish));
  const unknowns = new Int32Array(3);
  const coefficients = new Float64Array(3);
  const rounds = wishes.length > 0 ? ROUNDS.wished : ROUNDS.free;
  const shift = inPieces(arms[0].tip.length / 3, width, (first, last, x) => {
    const system = makeBandSystem(width * (last - first + 1), 4 * width);
    x.fill(0);
    for (let round = 0; round < rounds; round++) {
      system.clear();
      for (let f = first; f <= last; f++) {
        arms.forEach(({ tip }, i) => {
          const at = width * (f - first) + 3 * i;
          for (let k = 0; k < 3; k++) unknowns[k] = at + k;
          const { slopes, rights } = directions[i];
          directions[i].at(f, x[at], x[at + 1], x[at + 2]);
          for (let row = 0; row < 3; row++) {
            for (let k = 0; k < 3; k++) coefficients[k] = slopes[3 * row + k];
            system.add(unknowns, coefficients, 3, rights[row]);
          }
          coefficients[0] = Math.sqrt(REST) / targetLeg;
          for (let k = 0; k < 3; k++) {
            unknowns[0] = at + k;
            system.add(unknowns, coefficients, 1, 0);
          }
          jerks[i].add(system, tip, f, first, width, 3 * i, x);
        });
        for (const wish of wishes) wish(system, f, first);
      }
      system.solve(x);
    }
  });
  arms.forEach((arm, i) => {
    poseLimb(
      arm,
      arm.tip.map((value, j) => value + shift[width * Math.floor(j / 3) + 3 * i + (j % 3)]),
    );
  });
}

/** Arms whose length to the leg's differs by more from the source's are another build. */
const OTHER_BUILD = 0.3;

/**
 * The way of the source's hand as the target's is to jerk, [frames, 3].
 *
 * It is scaled as the body is. On another build (a child's, a giant's) what the arm does is scaled by the arm: there
 * hands swing further for the same directions.
 */
function handWay(arm: SideLimb, { theirs }: HandWays, what: ArmSolve): Float64Array {
  const { source, scale, sourceLeg, targetLeg } = what;
  const { roles } = source.figure.body;
  const scaled = (way: Float64Array): Float64Array =>
    way.map((value, i) => value * (i % 3 === 1 ? scale.vertical : scale.horizontal));
  const [upper, lower] = [roles[`upperArm${arm.side}`], roles[`forearm${arm.side}`]];
  if (upper === undefined || lower === undefined) return scaled(theirs);
  const [shoulder, elbow] = [pathOf(source.track, upper), pathOf(source.track, lower)];
  const length = (a: Float64Array, b: Float64Array, c: Float64Array): number =>
    distance(vec3At(a, 0), vec3At(b, 0)) + distance(vec3At(b, 0), vec3At(c, 0));
  const [own, other] = [length(arm.base, arm.middle, arm.tip), length(shoulder, elbow, theirs)];
  if (!(other > 0) || Math.abs(((own / other) * sourceLeg) / targetLeg - 1) < OTHER_BUILD)
    return scaled(theirs);
  const way = scaled(shoulder);
  for (let i = 0; i < way.length; i++) way[i] += (own / other) * (theirs[i] - shoulder[i]);
  return way;
}

/** What is wished of some hands. */
function wishRows(ways: readonly HandWays[], parts: readonly BodyPart[], what: ArmSolve): HandRows[] {
  const { hands, source, sourceLeg, targetLeg, rate, ground } = what;
  const width = 3 * ways.length;
  const ratio = targetLeg / sourceLeg;
  const sizes = { sourceLeg, targetLeg, width };
  const rows: HandRows[] = [];
  const [left, right] = ways;
  if (hands.includes('prop') && left && right) rows.push(keepTogether([left, right], ratio, sizes));
  if (parts.length > 0) rows.push(...ways.map((way) => keepToBody(way, parts, sizes)));
  if (hands.includes('floor')) {
    const floor = { theirs: floorOf(source), own: ground, ratio };
    rows.push(...ways.map((way) => keepToFloor(way, floor, rate, sizes)));
  }
  return rows;
}

/** Height at which the source's balls stand, metres. */
function floorOf({ feet }: MovingFigure): number {
  const floors = Object.values(feet).map(({ floor }) => floor);
  return floors.length > 0 ? Math.min(...floors) : 0;
}

/** Parts that hands touch, and the two joints whose distance says how wide a body is there. */
const PARTS: readonly (readonly [part: BodyRole, from: BodyRole, to: BodyRole])[] = [
  ['pelvis', 'thighL', 'thighR'],
  ['spine3', 'upperArmL', 'upperArmR'],
  ['neck', 'upperArmL', 'upperArmR'],
  ['head', 'neck', 'head'],
  ['thighL', 'thighL', 'thighR'],
  ['thighR', 'thighL', 'thighR'],
  ['calfL', 'thighL', 'calfL'],
  ['calfR', 'thighR', 'calfR'],
];

function bodyParts({ plan, source, target, given, sourceLeg, targetLeg }: ArmSolve): BodyPart[] {
  const { body: theirs, anatomy } = source.figure;
  const found = PARTS.flatMap(([part, from, to]) => {
    const joints = [theirs.roles[part], target.body.roles[part]] as const;
    if (joints[0] === undefined || joints[1] === undefined) return [];
    const size = (figure: Figure, world: { positions: ArrayLike<number> }): number | undefined => {
      const [a, b] = [figure.body.roles[from], figure.body.roles[to]];
      return a === undefined || b === undefined
        ? undefined
        : distance(vec3At(world.positions, a), vec3At(world.positions, b));
    };
    const [own, other] = [
      size(target, restWorldPose(target.skeleton)),
      size(source.figure, anatomy.reference.world),
    ];
    return [
      { source: joints[0], target: joints[1], ratio: own && other ? own / other : targetLeg / sourceLeg },
    ];
  });
  const ways = jointWays(
    plan,
    source.track,
    given,
    found.map((part) => part.target),
  );
  return found.map((part, i) => ({
    own: ways[i],
    theirs: pathOf(source.track, part.source),
    ratio: part.ratio,
  }));
}
