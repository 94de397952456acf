import { frameTime, type Rate } from '../../clip/index.js';
import { type BandSystem, makeBandSystem } from '../../math/band-system.js';
import { type LimbTrack, poseLimb } from '../../math/limb-ik.js';
import type { ContactSpan } from '../contacts/contacts.js';
import { leashed } from '../contacts/leash.js';
import { type JerkRows, makeJerkRows, quickJerk, THIRD_DIFFERENCE } from './jerk-rows.js';
import { type LimbDirections, makeLimbDirections } from './limb-directions.js';
import { inPieces } from './pieces.js';
import type { PlantedLeg } from './plant-feet.js';

/**
 * What each wish counts; angles are in radians, lengths in leg lengths, and a leg's directions count 1.
 *
 * Found by measuring 57 retargets between 40 skeletons, and 25 others that had no part in it.
 */
const WEIGHTS = {
  /** Speed of a standing ball along the floor, leg lengths a second. */
  hold: 400,
  /** Speed of a standing heel. */
  holdHeel: 40,
  /** Height of a standing ball, and of one that would sink. */
  height: 2000,
  /** Third differences of the ankle, in shares of the source's quick ones. */
  jerk: 0.25,
  /** Changes of the bones' correction from frame to frame. */
  bend: 45,
  /** An ankle leaves its place to its hip, that no leg swings far aside to be spared a little bending. */
  reach: 12,
  /** The pelvis leaves its place along the floor, and in height. */
  aside: 200,
  up: 180,
  /** An ankle leaves its place: next to nothing, and all that holds a leg without length. */
  rest: 1e-4,
  /** Third differences of what the pelvis is moved, in shares of the quick ones of what is quietest. */
  pelvisJerk: 0.2,
} as const;
/** A standing foot is held in one place until the source's foot has gone this far from it, in leg lengths. */
const LEASH = 0.04;
const ROUNDS = 4;

/**
 * Finds the pelvis and both ankles over the whole clip at once; the legs' tracks and `pelvisPath` are rewritten.
 *
 * One least-squares problem over all frames asks that legs point as the source's and reach as far, that standing
 * balls keep their place along the floor and their height over it, that none sinks, that ankles jerk as the
 * source's and no more, that knees change smoothly, and that the pelvis stays where it is. It is solved by Gauss and
 * Newton's method in a few rounds, around the places found before. Deterministic.
 *
 * `holds` off leaves the feet to their directions and jerk.
 *
 * @see M. Gleicher, "Retargetting Motion to New Characters" (1998), for spacetime constraints over a clip.
 */
export function solveLegs(
  legs: readonly PlantedLeg[],
  pelvisPath: Float64Array,
  rate: Rate,
  legLength: number,
  holds: boolean,
): void {
  if (legs.length === 0) return;
  const frameCount = pelvisPath.length / 3;
  const width = 3 + 3 * legs.length;
  const parts = legs.map((leg, i) => makeLegRows(leg, { at: 3 + 3 * i, width, rate, legLength, holds }));
  const quick = Math.min(
    ...[pelvisPath, ...legs.map(({ ankle }) => ankle)].map((way) => quickJerk(way, legLength)),
  );
  const pelvis = makePelvisRows(width, legLength, quick);
  const shift = inPieces(frameCount, width, (first, last, x) => {
    const system = makeBandSystem(width * (last - first + 1), 4 * width);
    x.fill(0);
    for (let round = 0; round < ROUNDS; round++) {
      system.clear();
      for (let f = first; f <= last; f++) {
        pelvis(system, f, first);
        for (const part of parts) part(system, f, first, x);
      }
      system.solve(x);
    }
  });
  legs.forEach(({ leg }, i) => {
    const goal = new Float64Array(3 * frameCount);
    for (let f = 0; f < frameCount; f++) {
      for (let k = 0; k < 3; k++) {
        goal[3 * f + k] = leg.tip[3 * f + k] + shift[width * f + 3 + 3 * i + k];
        for (const path of [leg.base, leg.middle, leg.tip]) path[3 * f + k] += shift[width * f + k];
      }
    }
    poseLimb(leg, goal);
  });
  for (let f = 0; f < frameCount; f++)
    for (let k = 0; k < 3; k++) pelvisPath[3 * f + k] += shift[width * f + k];
}

/** Adds what one frame asks of the pelvis; the system begins with frame `first`. */
function makePelvisRows(
  width: number,
  legLength: number,
  quick: number,
): (system: BandSystem, frame: number, first: number) => void {
  const unknowns = new Int32Array(4);
  const coefficients = new Float64Array(4);
  return (system, frame, first) => {
    for (let k = 0; k < 3; k++) {
      unknowns[0] = width * (frame - first) + k;
      coefficients[0] = Math.sqrt(k === 1 ? WEIGHTS.up : WEIGHTS.aside) / legLength;
      system.add(unknowns, coefficients, 1, 0);
      if (frame - first < 3) continue;
      for (let n = 0; n < 4; n++) {
        unknowns[n] = width * (frame - first - 3 + n) + k;
        coefficients[n] = (Math.sqrt(WEIGHTS.pelvisJerk) / quick) * THIRD_DIFFERENCE[n];
      }
      system.add(unknowns, coefficients, 4, 0);
    }
  };
}

interface LegPlace {
  /** Where the ankle's unknowns begin among the `width` unknowns of a frame. */
  readonly at: number;
  readonly width: number;
  readonly rate: Rate;
  readonly legLength: number;
  readonly holds: boolean;
}

/** Adds what one frame asks of a leg whose unknowns were last found to be `x`. */
function makeLegRows(
  planted: PlantedLeg,
  place: LegPlace,
): (system: BandSystem, frame: number, first: number, x: Float64Array) => void {
  const { leg, ankle, contacts } = planted;
  const { at, width, legLength, holds } = place;
  const directions = makeLimbDirections(leg);
  const bends = makeBendRows(directions, width, at);
  // A foot that never stands is moved by nothing but its jerk.
  const jerkWish = holds && contacts.spans.length > 0 ? 'everywhere' : 'excess';
  const jerk: JerkRows = makeJerkRows(ankle, legLength, WEIGHTS.jerk, jerkWish);
  const floor = holds ? makeFloorRows(planted, place) : [];
  const rest = Math.sqrt(WEIGHTS.rest) / legLength;
  const reach = Math.sqrt(WEIGHTS.reach) / legLength;
  const unknowns = new Int32Array(6);
  const coefficients = new Float64Array(6);
  return (system, f, first, x) => {
    const row = width * (f - first);
    directions.at(f, x[row + at] - x[row], x[row + at + 1] - x[row + 1], x[row + at + 2] - x[row + 2]);
    for (let r = 0; r < 3; r++) {
      for (let k = 0; k < 3; k++) {
        unknowns[k] = row + k;
        coefficients[k] = -directions.slopes[3 * r + k];
        unknowns[3 + k] = row + at + k;
        coefficients[3 + k] = directions.slopes[3 * r + k];
      }
      system.add(unknowns, coefficients, 6, directions.rights[r]);
    }
    for (let k = 0; k < 3; k++) {
      unknowns[0] = row + at + k;
      coefficients[0] = rest;
      system.add(unknowns, coefficients, 1, 0);
      unknowns[0] = row + k;
      unknowns[1] = row + at + k;
      coefficients[0] = -reach;
      coefficients[1] = reach;
      system.add(unknowns, coefficients, 2, 0);
    }
    bends(system, f, first);
    jerk.add(system, leg.tip, f, first, width, at, x);
    for (const part of floor) part(system, f, first, x);
  };
}

/** What ball and heel of a foot ask of its ankle: to stand where they stand, and never to sink. */
function makeFloorRows(planted: PlantedLeg, place: LegPlace): ReturnType<typeof makeLegRows>[] {
  const { leg, sole, wish, contacts, heel } = planted;
  const { hold, holdHeel } = WEIGHTS;
  return [
    makeHeightRows(planted, place),
    makeHoldRows(leg, { offset: sole, wish, spans: contacts.spans }, hold, place),
    ...(heel ? [makeHoldRows(leg, heel, holdHeel, place)] : []),
  ];
}

/** The ball stands at its wished height; while it swings it sinks no deeper than the source's. */
function makeHeightRows(
  { leg, sole, wish, contacts: { standing }, standHeight }: PlantedLeg,
  { at, width, legLength }: LegPlace,
): ReturnType<typeof makeLegRows> {
  const unknowns = new Int32Array(1);
  const coefficients = Float64Array.of(Math.sqrt(WEIGHTS.height) / legLength);
  return (system, f, first, x) => {
    const i = width * (f - first) + at + 1;
    const height = leg.tip[3 * f + 1] + sole[3 * f + 1];
    const wanted = standing[f] ? wish[3 * f + 1] : Math.min(standHeight, wish[3 * f + 1]);
    if (!standing[f] && height + x[i] >= wanted) return;
    unknowns[0] = i;
    system.add(unknowns, coefficients, 1, coefficients[0] * (wanted - height));
  };
}

interface HeldPoint {
  /** From the ankle, [frames, 3]. */
  readonly offset: Float64Array;
  readonly wish: Float64Array;
  readonly spans: readonly ContactSpan[];
}

/** A point of the foot rests on the floor while it stands, or follows the source's on a leash. */
function makeHoldRows(
  { tip }: LimbTrack,
  { offset, wish, spans }: HeldPoint,
  weight: number,
  { at, width, rate, legLength }: LegPlace,
): ReturnType<typeof makeLegRows> {
  const held = new Float64Array((2 * wish.length) / 3);
  const goesOn = new Uint8Array(wish.length / 3);
  for (const { first, last } of spans) {
    held.set(leashed(wish, first, last, LEASH * legLength), 2 * first);
    goesOn.fill(1, first + 1, last + 1);
  }
  const scale = Math.sqrt(weight) / frameTime(rate) / legLength;
  const unknowns = new Int32Array(2);
  const coefficients = Float64Array.of(-scale, scale);
  const place = (f: number, k: number): number => tip[3 * f + k] + offset[3 * f + k];
  return (system, f, first) => {
    if (f === first || !goesOn[f]) return;
    for (let k = 0; k < 3; k += 2) {
      unknowns[0] = width * (f - first - 1) + at + k;
      unknowns[1] = width * (f - first) + at + k;
      const goes = place(f, k) - place(f - 1, k);
      const wanted = held[2 * f + k / 2] - held[2 * (f - 1) + k / 2];
      system.add(unknowns, coefficients, 2, scale * (wanted - goes));
    }
  };
}

/** Adds that the directions of a frame and the two before it change evenly; called frame by frame. */
function makeBendRows(
  directions: LimbDirections,
  width: number,
  at: number,
): (system: BandSystem, frame: number, first: number) => void {
  const scale = Math.sqrt(WEIGHTS.bend);
  // The last three frames, the newest last.
  const slopes = new Float64Array(27);
  const rights = new Float64Array(9);
  const unknowns = new Int32Array(18);
  const coefficients = new Float64Array(18);
  return (system, frame, first) => {
    slopes.copyWithin(0, 9);
    rights.copyWithin(0, 3);
    slopes.set(directions.slopes, 18);
    rights.set(directions.rights, 6);
    if (frame - first < 2) return;
    for (let r = 0; r < 3; r++) {
      let right = 0;
      for (let n = 0; n < 3; n++) {
        const c = n === 1 ? -2 * scale : scale;
        const row = width * (frame - first - 2 + n);
        for (let k = 0; k < 3; k++) {
          unknowns[6 * n + k] = row + k;
          coefficients[6 * n + k] = -c * slopes[9 * n + 3 * r + k];
          unknowns[6 * n + 3 + k] = row + at + k;
          coefficients[6 * n + 3 + k] = c * slopes[9 * n + 3 * r + k];
        }
        right += c * rights[3 * n + r];
      }
      system.add(unknowns, coefficients, 18, right);
    }
  };
}
