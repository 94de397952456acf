import { GaitwayError } from '../errors.js';

const METRES: Readonly<Record<string, number>> = {
  m: 1,
  metre: 1,
  meter: 1,
  dm: 0.1,
  decimetre: 0.1,
  decimeter: 0.1,
  cm: 0.01,
  centimetre: 0.01,
  centimeter: 0.01,
  mm: 0.001,
  millimetre: 0.001,
  millimeter: 0.001,
  in: 0.0254,
  inch: 0.0254,
  ft: 0.3048,
  foot: 0.3048,
  cmu: 0.0254 / 0.45,
};

/**
 * Metres in a unit of length: `m`, `dm`, `cm`, `mm`, `inch`, `ft`, `cmu` (the unit of the CMU captures), or a
 * number of metres.
 *
 * @throws GaitwayError `formats/bad-unit`.
 */
export function metresOfUnit(unit: string): number {
  const metres = METRES[unit.trim().toLowerCase()] ?? Number(unit);
  if (metres > 0 && metres <= 1e6 && unit.trim() !== '') return metres;
  throw new GaitwayError(
    'formats/bad-unit',
    `"${unit}" is no unit of length; m, dm, cm, mm, inch, ft, cmu or a number of metres is wanted.`,
    { unit },
  );
}
