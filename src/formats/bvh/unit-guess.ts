import type { FigureSize } from './figure.js';

/** A unit of length that a file without one may mean. */
export interface LengthUnit {
  readonly name: string;
  readonly metres: number;
  /** Metres and centimetres are by far the commonest; the others must fit better to be taken. */
  readonly rarity: number;
}

const UNITS: readonly LengthUnit[] = [
  { name: 'centimetre', metres: 0.01, rarity: 0 },
  { name: 'metre', metres: 1, rarity: 0 },
  { name: 'inch', metres: 0.0254, rarity: 0.25 },
  { name: 'CMU unit (1/0.45 inch)', metres: 0.0254 / 0.45, rarity: 0.25 },
  { name: 'decimetre', metres: 0.1, rarity: 0.25 },
  { name: 'millimetre', metres: 0.001, rarity: 0.25 },
];

/** From toes to finger tips along the bones; capture skeletons in metres have 2.0 to 2.7. */
const PERSON_REACH = 2.35;
/** Further off than this (ratio), the figure is no grown person in any unit. */
const CLEAR_RATIO = 1.35;
const FEWEST_JOINTS = 6;

export interface UnitGuess {
  readonly unitMetres: number;
  readonly name: string;
  /** A sentence that says what was guessed and why. */
  readonly reason: string;
  readonly sure: boolean;
}

/**
 * Guesses the unit of a file from its figure, taken to be a grown person.
 *
 * Joints without branches, or too few of them, say nothing; centimetres are assumed then.
 */
export function guessUnit(figure: FigureSize): UnitGuess {
  if (figure.jointCount < FEWEST_JOINTS || !(figure.reach > 0)) {
    return {
      unitMetres: 0.01,
      name: 'centimetre',
      reason: 'The file states no unit and its skeleton is too small to tell; centimetres are assumed.',
      sure: false,
    };
  }
  const misfit = (unit: LengthUnit): number =>
    Math.abs(Math.log((figure.reach * unit.metres) / PERSON_REACH)) + unit.rarity;
  const best = UNITS.reduce((a, b) => (misfit(b) < misfit(a) ? b : a));
  const reach = figure.reach * best.metres;
  const ratio = Math.max(reach / PERSON_REACH, PERSON_REACH / reach);
  const sure = ratio < CLEAR_RATIO;
  const measured = `its figure measures ${figure.reach.toPrecision(4)} units from toe to finger tip`;
  return {
    unitMetres: best.metres,
    name: best.name,
    reason: sure
      ? `The file states no unit; ${measured}, which makes ${reach.toFixed(2)} m if a unit is a ${best.name}.`
      : `The file states no unit; ${measured}, which fits no grown person in any usual unit; a ${best.name} (${reach.toFixed(2)} m) comes nearest, so better state the unit.`,
    sure,
  };
}
