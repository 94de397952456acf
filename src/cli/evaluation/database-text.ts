import { type DatabaseAnalysis, overGaits, SPEED_EDGES, TURN_EDGES_DEG } from '../../motion/index.js';
import { alignColumns } from '../table.js';
import { cellNames, figure, percent, rangeText } from './figures.js';
import { factsOf, sampleText } from './page.js';
import { suggestion } from './tiles.js';

const MOST_LINES = 8;

/** What was found out about a database, as text: facts, a table of seconds by speed and turn, and the worst of each kind. */
export function databaseText(file: string, database: DatabaseAnalysis): string {
  const {
    dead,
    likelyChoices,
    playedChoices,
    duplicates,
    transitions,
    connectivity,
    idle,
    unreal,
    recordNext,
  } = database;
  const findings: readonly (readonly [string, string])[] = [
    ['usable frames', percent(database.validShare)],
    ['dead, played on to only', `${percent(dead.share)}, ${percent(dead.blockedShare)}`],
    [
      'never chosen',
      `${percent(likelyChoices.neverChosenShare)} (of ${likelyChoices.queries} likely queries)`,
    ],
    ...(playedChoices
      ? ([
          [
            'chosen in play',
            `${percent(playedChoices.chosenShare)} of the usable frames in ${playedChoices.choices} choices; evenness over clips ${playedChoices.evenness.toFixed(2)}`,
          ],
        ] as const)
      : []),
    ['repeat another clip', `${percent(duplicates.share)} (cost below ${figure(duplicates.limit)})`],
    [
      'best transitions',
      `cost ${figure(transitions.costs.median)} at the median, ${figure(transitions.costs.p95)} at 95 %`,
    ],
    [
      'that pop',
      transitions.jumpCm
        ? `${percent(transitions.popShare)} jump by more than ${transitions.barCm} cm (${transitions.joints.join(', ')}; median ${figure(transitions.jumpCm.median)} cm)`
        : 'not known: the rows hold no places of joints',
    ],
    [
      'hang together',
      `${percent(connectivity.connectedShare)} of the frames; ${connectivity.islands} islands`,
    ],
    [
      'stuck in standing',
      !idle
        ? 'not known: the rows hold no path to wish with'
        : idle.asked > 0
          ? `${percent(idle.lockedShare)} of wishes to set off (${idle.idleSeconds.toFixed(1)} s stand)`
          : 'no usable frame stands',
    ],
    [
      'Unreal’s search finds',
      unreal.byComponents
        .map(({ components, recall }) => `${percent(recall)} with ${components}`)
        .slice(0, 3)
        .join(', '),
    ],
  ];
  return [
    `${file}: ${factsOf(database)}`,
    '',
    alignColumns(findings),
    suggestion(unreal),
    '',
    ...coverageLines(database),
    ...list(
      'record next',
      recordNext.map(({ say, seconds }) => `${say} (has ${seconds.toFixed(1)} s)`),
    ),
    ...list(
      'transitions that pop',
      transitions.pops.map(
        ({ from, to, jumpCm }) => `${rangeText(from)} → ${rangeText(to)}: ${jumpCm.toFixed(1)} cm`,
      ),
    ),
    ...list(
      'repeats',
      duplicates.pairs.map(({ first, second }) => `${rangeText(first)} = ${rangeText(second)}`),
    ),
    ...list('cannot be reached', connectivity.unreachable.map(rangeText)),
    ...list('cannot be left', connectivity.inescapable.map(rangeText)),
    ...list('never chosen', likelyChoices.neverChosen.map(rangeText)),
    '',
    sampleText(database),
  ].join('\n');
}

function coverageLines({ coverage, coverageShare, gaits }: DatabaseAnalysis): string[] {
  const seconds = overGaits(coverage);
  const turns = cellNames(TURN_EDGES_DEG);
  return [
    `seconds of usable frames by speed (m/s, down) and turn (°/s, left above 0, across); ${percent(coverageShare)} of the cells hold half a second or more`,
    `${''.padEnd(10)}${turns.map((turn) => turn.padStart(11)).join('')}`,
    ...cellNames(SPEED_EDGES).map(
      (speed, k) =>
        `${speed.padEnd(10)}${seconds[k].map((value) => (value > 0 ? value.toFixed(1) : '·').padStart(11)).join('')}`,
    ),
    `by gait: ${gaits.map(({ gait, seconds: own }) => `${gait} ${own.toFixed(1)} s`).join(', ')}`,
  ];
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`  … and ${lines.length - MOST_LINES} more`] : [];
  return ['', title, ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`), ...more];
}
