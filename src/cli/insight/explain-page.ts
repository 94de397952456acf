import type { ExplainReport } from '../../pipeline/index.js';
import type { PagePart } from '../evaluation/database-sections.js';
import { grouped, percent } from '../evaluation/figures.js';
import { frameMap } from '../evaluation/frame-map.js';
import { escapeHtml, section, table } from '../evaluation/html.js';
import { STYLE } from '../evaluation/style.js';
import { figureStrip } from './figure-strip.js';
import { bodyWeights, pathWeights, type WeightTable } from './part-weights.js';
import { weightMap } from './weight-map.js';

/** One page of what an encoder learned that holds all it needs; nothing is loaded from elsewhere. */
export function explainPage(report: ExplainReport): string {
  const parts = [
    mapPart(report),
    weightsPart('weights', 'What it looks at', 'any latent', report.saliency),
    neighboursPart(report),
    ...(report.towards ? towardsParts(report, report.towards) : []),
  ];
  const title = `What ${report.encoder.kind} learned`;
  const links = parts.map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`);
  const facts = `${report.encoder.dim} latents, seen on ${grouped(report.moments)} moments of ${grouped(report.clips)} clips`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<a class="skip" href="#content">Skip to the findings</a>
<div class="wrap"><header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(facts)}</p></header></div>
<nav aria-label="On this page"><div class="wrap"><ul>${links.join('')}</ul></div></nav>
<main id="content" class="wrap">${parts.map(({ html }) => html).join('\n')}</main>
</body></html>
`;
}

const part = (id: string, title: string, lead: string, inside: string): PagePart => ({
  id,
  title,
  html: section(id, title, lead, inside),
});

const mapPart = ({ map }: ExplainReport): PagePart =>
  part(
    'latents',
    'Map of latents',
    `Every mark is a moment; what the encoder takes for alike lies near. The plane is the one in which latents vary most, and shows ${percent(map.shownShare)} of that.`,
    frameMap(map),
  );

const heaviest = ({ weights }: WeightTable): number =>
  Math.max(...weights.flat().map((weight) => weight ?? 0));

function weightsPart(id: string, title: string, what: string, seen: ExplainReport['saliency']): PagePart {
  const [body, path] = [bodyWeights(seen), pathWeights(seen)];
  const most = Math.max(heaviest(body), heaviest(path), Number.MIN_VALUE);
  return part(
    id,
    title,
    `How many standard deviations ${what} moves by, while a body part or the path moves by its usual spread: the darker, the more. Root mean square of the network's derivatives over moments drawn evenly.`,
    weightMap(`${id}-body`, 'Body parts over time', body, most) +
      (path.parts.length > 0
        ? `<h3>The root's path</h3>${weightMap(`${id}-path`, 'The root’s path over time', path, most)}`
        : ''),
  );
}

const neighboursPart = ({ moment, neighbours }: ExplainReport): PagePart =>
  part(
    'neighbours',
    'Taken for alike',
    `The moments whose latents lie nearest to those of ${moment.clip} at ${moment.seconds.toFixed(2)} s, and how differently they go on: joints over the coming second, root mean square.`,
    table(
      ['clip', 'seconds', 'distance', 'goes on differently by'],
      neighbours.map(({ clip, seconds, distance, futureCm }) => [
        clip,
        seconds.toFixed(2),
        distance.toFixed(3),
        `${futureCm.toFixed(1)} cm`,
      ]),
    ),
  );

function towardsParts(
  { moment }: ExplainReport,
  { name, strongest, imagined, saliency }: NonNullable<ExplainReport['towards']>,
): PagePart[] {
  return [
    part(
      'imagined',
      `Imagined towards ${name}`,
      `${moment.clip} at ${moment.seconds.toFixed(2)} s, changed until its latent lies as far towards ${name} as joints, floor and speed allow: from ${imagined.before.toFixed(2)} to ${imagined.after.toFixed(2)} standard deviations.`,
      figureStrip(imagined.figures),
    ),
    part(
      'strongest',
      `Farthest towards ${name}`,
      'Real moments.',
      table(
        ['clip', 'seconds', 'standard deviations'],
        strongest.map(({ clip, seconds, along }) => [clip, seconds.toFixed(2), along.toFixed(2)]),
      ),
    ),
    weightsPart('direction', `What ${name} looks at`, 'the direction', saliency),
  ];
}
