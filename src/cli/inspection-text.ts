import type { Inspection } from '../pipeline/index.js';
import { alignColumns } from './table.js';

const MOST_TAKES = 12;
const hertz = (rateHz: number): string => `${rateHz.toFixed(3).replace(/\.?0+$/, '')} Hz`;

/** What is in a file, for people. */
export function inspectionText(facts: Inspection): string {
  const takes = facts.takes
    .slice(0, MOST_TAKES)
    .map(({ name, rateHz, frameCount, durationSeconds }, i) => [
      `  take ${i}`,
      name ? `"${name}"` : '-',
      `${frameCount} frames`,
      hertz(rateHz),
      `${durationSeconds.toFixed(3)} s`,
    ]);
  const roles = Object.entries(facts.body?.roles ?? {}).map(([role, { joint, certainty }]) => [
    `  ${role}`,
    joint,
    certainty.toFixed(2),
  ]);
  return [
    facts.file,
    alignColumns([
      ['  format', facts.format],
      [
        '  joints',
        `${facts.jointCount}, root ${facts.roots.slice(0, 4).join(', ')}${facts.roots.length > 4 ? ', …' : ''}`,
      ],
      ['  unit', `${facts.unitMetres} m`],
      ['  axes', facts.axes],
      [
        '  height',
        `${facts.heightMetres.toFixed(3)} m${facts.takes.length > 0 ? ' in the first frame' : ' in the rest pose'}`,
      ],
      ['  family', facts.body?.family ?? 'no body was found'],
    ]),
    takes.length > 0 ? alignColumns(takes) : '  no animation',
    ...(facts.takes.length > MOST_TAKES ? [`  and ${facts.takes.length - MOST_TAKES} more takes`] : []),
    ...(roles.length > 0 ? [alignColumns(roles)] : []),
    ...facts.guesses.map((guess) => `  guess: ${guess}`),
    ...facts.warnings.map(({ message }) => `  warning: ${message}`),
  ].join('\n');
}
