import type { DatabaseAnalysis, RetrievalScore } from '../../motion/index.js';
import { databaseSections, type PagePart } from './database-sections.js';
import { grouped } from './figures.js';
import { escapeHtml } from './html.js';
import { retrievalSection } from './retrieval-section.js';
import { STYLE } from './style.js';
import { tiles } from './tiles.js';

export interface Evaluation {
  readonly database?: { readonly file: string } & DatabaseAnalysis;
  readonly retrieval?: { readonly manifest: string } & RetrievalScore;
}

/** One page of an evaluation that holds all it needs: drawings, tables and style; nothing is loaded from elsewhere. */
export function evaluationPage({ database, retrieval }: Evaluation): string {
  const parts: readonly PagePart[] = [
    ...(database ? databaseSections(database) : []),
    ...(retrieval ? [retrievalSection(retrieval)] : []),
  ];
  const links = parts.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(titleOf({ database, retrieval }))}</title><style>${STYLE}</style></head><body>
<a class="skip" href="#content">Skip to the findings</a>
<div class="wrap"><header><h1>${escapeHtml(titleOf({ database, retrieval }))}</h1>${database ? `<p>${escapeHtml(factsOf(database))}</p>` : ''}</header></div>
<nav aria-label="On this page"><div class="wrap"><ul>${links.join('')}</ul></div></nav>
<main id="content" class="wrap">${database ? tiles(database) : ''}${parts.map(({ html }) => html).join('\n')}</main>
${database ? `<footer class="wrap">${escapeHtml(sampleText(database))}</footer>` : ''}
</body></html>
`;
}

const titleOf = ({
  database,
  retrieval,
}: {
  database: Evaluation['database'] | undefined;
  retrieval: Evaluation['retrieval'] | undefined;
}): string =>
  database
    ? `Motion database ${database.file.replace(/^.*[\\/]/, '')}`
    : `Retrieval on ${retrieval?.manifest ?? 'no clips'}`;

/** Clips, frames, length and size in a line. */
export const factsOf = ({
  clips,
  frames,
  seconds,
  dimension,
  bytesPerFrame,
  contactShare,
}: DatabaseAnalysis): string =>
  `${grouped(clips)} clips, ${grouped(frames)} frames, ${(seconds / 60).toFixed(1)} min; ${dimension} numbers, ${bytesPerFrame} bytes a frame; left foot down ${(100 * contactShare[0]).toFixed(0)} %, right ${(100 * contactShare[1]).toFixed(0)} % of the time`;

/** How many frames the figures rest on. */
export function sampleText({ sample }: DatabaseAnalysis): string {
  return sample.probes === sample.usableFrames
    ? `Every usable frame (${grouped(sample.usableFrames)}) was looked at.`
    : `${grouped(sample.probes)} of ${grouped(sample.usableFrames)} usable frames were looked at, drawn evenly with seed ${sample.seed}; coverage and dead frames are of all.`;
}
