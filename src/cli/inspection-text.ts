import type { Inspection } from '../pipeline/index.js';
import { alignColumns } from './table.js';

const MOST_TAKES = 12;
const hertz = (rateHz: number): string => `${rateHz.toFixed(3).replace(/\.?0+$/, '')} Hz`;

const MOST_LISTED = 6;
const some = (words: readonly string[]): string =>
  words.slice(0, MOST_LISTED).join(', ') +
  (words.length > MOST_LISTED ? ` and ${words.length - MOST_LISTED} more` : '');

/** A line for each file, for folders. */
export function inspectionTable(files: readonly Inspection[]): string {
  return alignColumns([
    ['file', 'format', 'joints', 'takes', 'frames', 'rate', 'length', 'unit', 'height', 'family', 'oddities'],
    ...files.map((facts) => {
      const rates = [...new Set(facts.takes.map(({ rateHz }) => hertz(rateHz)))];
      const sum = (of: (take: Inspection['takes'][number]) => number): number =>
        facts.takes.reduce((total, take) => total + of(take), 0);
      return [
        facts.file,
        facts.format,
        String(facts.jointCount),
        String(facts.takes.length),
        String(sum(({ frameCount }) => frameCount)),
        rates.length === 0 ? '-' : rates.length === 1 ? rates[0] : `${rates[0]} …`,
        `${sum(({ durationSeconds }) => durationSeconds).toFixed(1)} s`,
        `${Number(facts.unitMetres.toPrecision(3))} m${facts.guesses.some((guess) => /unit/.test(guess)) ? '?' : ''}`,
        `${facts.heightMetres.toFixed(2)} m`,
        facts.body?.family ?? '-',
        some([...new Set(facts.warnings.map(({ code }) => code))]) || '-',
      ];
    }),
  ]);
}

/** What is in a file, for people. */
export function inspectionText(facts: Inspection): string {
  const takes = facts.takes
    .slice(0, MOST_TAKES)
    .map(({ name, rateHz, frameCount, durationSeconds, travelMetres }, i) => [
      `  take ${i}`,
      name ? `"${name}"` : '-',
      `${frameCount} frames`,
      hertz(rateHz),
      `${durationSeconds.toFixed(3)} s`,
      `travels ${travelMetres.toFixed(2)} m`,
    ]);
  const curves = [...new Set(facts.takes.flatMap((take) => take.curves))];
  const events = [...new Set(facts.takes.flatMap((take) => take.events))];
  const attributes = facts.attributes.map(
    ({ joint, name, value }) => `${joint ? `${joint}.` : ''}${name} = ${JSON.stringify(value)}`,
  );
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
      ...(facts.humanoid ? [['  humanoid', `${Object.keys(facts.humanoid).length} VRM bones`]] : []),
      ...(curves.length > 0 ? [['  curves', some(curves)]] : []),
      ...(events.length > 0 ? [['  events', some(events)]] : []),
      ...(attributes.length > 0 ? [['  attributes', some(attributes)]] : []),
    ]),
    takes.length > 0 ? alignColumns(takes) : '  no animation',
    ...(facts.takes.length > MOST_TAKES ? [`  and ${facts.takes.length - MOST_TAKES} more takes`] : []),
    ...(roles.length > 0 ? [alignColumns(roles)] : []),
    ...facts.guesses.map((guess) => `  guess: ${guess}`),
    ...facts.warnings.map(({ message }) => `  warning: ${message}`),
  ].join('\n');
}
