import type { Warning } from '../errors.js';
import type { Quality } from '../retarget/index.js';
import type { Score } from './listing.js';

/** Measures in the order of the page; those with a bar have the name that its warning ends with. */
const MEASURES: readonly (readonly [name: string, key: keyof Quality, unit: string, bar?: string])[] = [
  ['arms', 'armDegrees', '°', 'arms'],
  ['legs', 'legDegrees', '°', 'legs'],
  ['reach', 'chainPercent', '%', 'reach'],
  ['slide before', 'slideSourceCmPerSecond', 'cm/s'],
  ['slide', 'slideCmPerSecond', 'cm/s', 'slide'],
  ['floor', 'floorCm', 'cm', 'floor'],
  ['hips', 'rootCm', 'cm', 'root'],
  ['jerk', 'jerkRatio', '×', 'jerk'],
];

/** The marks of a retarget as the page shows them; one is over its bar where the retarget warned of it. */
export function scoresOf(
  quality: { readonly [K in keyof Quality]?: Quality[K] | undefined },
  warnings: readonly Pick<Warning, 'code'>[],
): Score[] {
  return MEASURES.flatMap(([name, key, unit, bar]) => {
    const value = quality[key];
    const isOver = warnings.some(({ code }) => code === `retarget/over-bar-${bar}`);
    return value === undefined ? [] : [{ name, value, unit, ...(isOver && { isOver }) }];
  });
}
