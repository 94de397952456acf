import type { PlayedWay, PlaySummary, SimulateReport } from '../../pipeline/index.js';
import { barChart } from '../evaluation/charts.js';
import { percent } from '../evaluation/figures.js';
import { escapeHtml, section, table } from '../evaluation/html.js';
import { STYLE } from '../evaluation/style.js';
import { type FrontPoint, frontPlot } from './front-plot.js';
import { factsOfPlay } from './play-text.js';
import { SCORE_LINES } from './score-lines.js';
import { wayDrawing } from './way-drawing.js';

/** One page of play that holds all it needs: scores, the way from above, fronts over the transition cost. */
export function playPage(report: SimulateReport, way: PlayedWay): string {
  const title = `Play of ${report.database.replace(/^.*[\\/]/, '')}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<a class="skip" href="#content">Skip to the scores</a>
<div class="wrap"><header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(factsOfPlay(report))}</p></header></div>
<main id="content" class="wrap">${[scoresSection(report.summary), ...frontSections(report.summary), waySection(way), clipsSection(report)].join('\n')}</main>
</body></html>
`;
}

function scoresSection(summary: readonly PlaySummary[]): string {
  const head = ['transition cost', ...summary.map(({ transitionCost }) => String(transitionCost))];
  const rows = SCORE_LINES.map(({ name, of }) => [name, ...summary.map(({ scores }) => of(scores))]);
  return section(
    'scores',
    'Scores',
    'Means over all runs. Less is better but for frames played and evenness.',
    table(head, rows),
  );
}

function frontSections(summary: readonly PlaySummary[]): string[] {
  if (summary.length < 2) return [];
  const points = (of: (summary: PlaySummary) => Omit<FrontPoint, 'x' | 'label'>): FrontPoint[] =>
    summary.map((one) => ({
      x: one.scores.trajectory.meanCm,
      label: String(one.transitionCost),
      ...of(one),
    }));
  const xName = 'trajectory error, cm';
  const jumps = frontPlot({
    id: 'front-jump',
    title: 'Trajectory error and jump of the pose',
    xName,
    yName: 'jump of the pose, cm',
    points: points(({ scores, onJumpFront }) => ({ y: scores.jumps.placeCm, onFront: onJumpFront })),
  });
  const slide = frontPlot({
    id: 'front-slide',
    title: 'Trajectory error and foot slide',
    xName,
    yName: 'foot slide before the lock, cm/s',
    points: points(({ scores, onSlideFront }) => ({ y: scores.slide.free.speedCm, onFront: onSlideFront })),
  });
  return [
    section(
      'fronts',
      'What a transition cost buys',
      'Each point is a transition cost; filled ones are on the Pareto front: none other is as good in both.',
      `<div class="pair">${jumps}${slide}</div>`,
    ),
  ];
}

const waySection = (way: PlayedWay): string =>
  section(
    'way-section',
    'The way from above',
    'First run, at most a minute: the figure’s root solid, the point that the game moves dashed.',
    wayDrawing(way),
  );

const clipsSection = ({ mostPlayed }: SimulateReport): string =>
  section(
    'clips',
    'Clips that were played longest',
    'Share of the time, all runs together.',
    barChart({
      id: 'clip-shares',
      title: 'Share of the time by clip',
      names: 330,
      bars: mostPlayed.map(({ clip, share }) => ({ name: clip, value: share, text: percent(share) })),
    }),
  );
