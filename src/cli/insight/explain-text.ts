import type { SeenPart } from '../../motion/index.js';
import type { ExplainReport } from '../../pipeline/index.js';
import { percent } from '../evaluation/figures.js';
import { alignColumns } from '../table.js';

const MOST_PARTS = 8;

/** A report for the terminal. */
export function explainText(report: ExplainReport): string {
  const { encoder, clips, moments, map, moment, neighbours, towards } = report;
  return [
    `${encoder.kind}, ${encoder.dim} latents, on ${moments} moments of ${clips} clips; two directions show ${percent(map.shownShare)} of what latents vary`,
    `What it looks at most:\n${weightLines(report.saliency)}`,
    `Moments it takes for like ${moment.clip} at ${moment.seconds.toFixed(2)} s:\n${alignColumns([
      ['clip', 'seconds', 'distance', 'goes on differently by'],
      ...neighbours.map(({ clip, seconds, distance, futureCm }) => [
        clip,
        seconds.toFixed(2),
        distance.toFixed(3),
        `${futureCm.toFixed(1)} cm`,
      ]),
    ])}`,
    ...(towards
      ? [
          `Farthest towards ${towards.name}:\n${alignColumns([
            ['clip', 'seconds', 'standard deviations'],
            ...towards.strongest.map(({ clip, seconds, along }) => [
              clip,
              seconds.toFixed(2),
              along.toFixed(2),
            ]),
          ])}`,
          `Imagined from ${moment.clip} at ${moment.seconds.toFixed(2)} s: ${towards.imagined.before.toFixed(2)} standard deviations became ${towards.imagined.after.toFixed(2)}${towards.imagined.file === undefined ? '' : `; ${towards.imagined.file}`}`,
        ]
      : []),
  ].join('\n\n');
}

function weightLines(seen: readonly SeenPart[]): string {
  const heaviest = [...seen].sort((a, b) => b.weight - a.weight).slice(0, MOST_PARTS);
  return alignColumns([
    ['part', 'what', 'seconds from now', 'weight'],
    ...heaviest.map(({ part, what, seconds, weight }) => [part, what, seconds.toFixed(2), weight.toFixed(3)]),
  ]);
}
