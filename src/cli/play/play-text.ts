import type { SimulateReport } from '../../pipeline/index.js';
import { alignColumns } from '../table.js';
import { SCORE_LINES } from './score-lines.js';

/** How play went, in a line: what was played how. */
export function factsOfPlay({ path, controller, runs, tickHz, databaseHz, speeds }: SimulateReport): string {
  const [first] = runs;
  const seeds = new Set(runs.map(({ seed }) => seed));
  return `${path}: ${seeds.size} ${seeds.size === 1 ? 'run' : 'runs'} of ${first.scores.seconds.toFixed(0)} s at ${tickHz} Hz (database ${databaseHz} Hz), controller ${controller}; walk ${speeds.walk.toFixed(2)} m/s, run ${speeds.run.toFixed(2)} m/s`;
}

/** Scores as a table with a column for each transition cost. */
export function playText(report: SimulateReport): string {
  const { summary, written } = report;
  const isSwept = summary.length > 1;
  const rows = [
    ['transition cost', ...summary.map(({ transitionCost }) => String(transitionCost))],
    ...SCORE_LINES.map(({ name, of }) => [name, ...summary.map(({ scores }) => of(scores))]),
    ...(isSwept
      ? [
          [
            'on the front of error and jump',
            ...summary.map(({ onJumpFront }) => (onJumpFront ? 'yes' : '·')),
          ],
          [
            'on the front of error and slide',
            ...summary.map(({ onSlideFront }) => (onSlideFront ? 'yes' : '·')),
          ],
        ]
      : []),
  ];
  return [
    factsOfPlay(report),
    '',
    alignColumns(rows),
    ...(written
      ? ['', `${written.output}: ${written.clips[0].frameCount} frames, ${written.bytes} bytes`]
      : []),
  ].join('\n');
}
