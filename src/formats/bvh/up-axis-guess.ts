import type { UpAxis } from '../read-options.js';
import type { FigureSize } from './figure.js';

/** Longer than the other by this factor decides. */
const CLEARLY_LONGER = 1.5;
/** The zero pose is a standing one only where it is not mostly wide: some files draw all bones along X. */
const STANDING_SHARE = 0.5;

/**
 * Guesses which axis of a file points up: the one along which the figure is longer, Y or Z.
 *
 * The zero pose decides where it stands; else the mean over the frames. Y where neither is clear.
 */
export function guessUpAxis(figure: FigureSize): { readonly up: UpAxis; readonly reason: string } {
  const [restX, restY, restZ] = figure.restExtent;
  const stands = Math.max(restY, restZ) >= STANDING_SHARE * restX;
  const rest = longer(restY, restZ);
  const motion = longer(figure.motionExtent[1], figure.motionExtent[2]);
  const up = (stands ? rest : undefined) ?? motion ?? 'y';
  const other = up === 'y' ? 'z' : 'y';
  const judged = stands && rest ? 'in the zero pose' : motion ? 'over the frames' : undefined;
  const letters = { y: 'Y', z: 'Z' };
  return {
    up,
    reason: judged
      ? `The file states no axes; ${letters[up]} is taken as up, because the figure is longer along it than along ${letters[other]} ${judged}.`
      : 'The file states no axes and its figure does not tell; Y is taken as up.',
  };
}

const longer = (y: number, z: number): UpAxis | undefined =>
  y > CLEARLY_LONGER * z ? 'y' : z > CLEARLY_LONGER * y ? 'z' : undefined;
