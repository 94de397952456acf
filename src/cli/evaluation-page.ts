import {
  type DatabaseDescription,
  type RetrievalScore,
  SPEED_EDGES,
  TURN_EDGES_DEG,
} from '../motion/index.js';
import { cellNames } from './evaluation-text.js';

export interface Evaluation {
  readonly database?: { readonly file: string } & DatabaseDescription;
  readonly retrieval?: { readonly manifest: string } & RetrievalScore;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #d6dbe1}
th:first-child,td:first-child{text-align:left}svg text{font:12px system-ui,sans-serif;fill:currentColor}
@media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#14171b}th,td{border-color:#3a4048}}`;

/** One self-contained page of an evaluation: tables and drawings, nothing loaded from elsewhere. */
export function evaluationPage({ database, retrieval }: Evaluation): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Motion database evaluation</title><style>${STYLE}</style></head><body>
<h1>Motion database evaluation</h1>
${database ? databaseSection(database) : ''}${retrieval ? retrievalSection(retrieval) : ''}</body></html>
`;
}

function retrievalSection({
  manifest,
  methods,
  databaseSamples,
  querySamples,
}: NonNullable<Evaluation['retrieval']>): string {
  const shown = methods.filter(({ method }) => !method.startsWith('random'));
  const row = (m: (typeof methods)[number]): string =>
    `<tr><td>${escapeHtml(m.method)}</td><td>${m.dimension || '–'}</td><td>${m.jp.toFixed(2)}</td><td>${m.jv.toFixed(3)}</td>${m.fpeAt
      .map((value) => `<td>${value.toFixed(2)}</td>`)
      .join(
        '',
      )}<td><b>${m.fpe.toFixed(2)}</b></td><td>${m.fte.toFixed(2)}</td><td>${m.ffe.toFixed(2)}</td><td>${m.method.startsWith('random') ? '–' : m.skill.toFixed(3)}</td></tr>`;
  return `<h2>Retrieval</h2><p>${escapeHtml(manifest)}: ${databaseSamples} database samples, ${querySamples} queries. Centimetres; JV in m/s.</p>
<table><thead><tr><th>method</th><th>D</th><th>JP</th><th>JV</th><th>FPE +1/3 s</th><th>+2/3 s</th><th>+1 s</th><th>FPE</th><th>FTE</th><th>FFE</th><th>skill</th></tr></thead>
<tbody>${methods.map(row).join('\n')}</tbody></table>
<h3>FPE, with its 95 % interval over clips</h3>
${bars(shown.map(({ method, fpe, interval }) => ({ name: method, value: fpe, low: interval[0], high: interval[1] })))}
`;
}

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function bars(all: readonly Bar[]): string {
  const [left, width, line] = [260, 520, 28];
  const most = Math.max(...all.map(({ high }) => high), 1e-9);
  const x = (value: number): string => (left + (width * value) / most).toFixed(1);
  const rows = all.map(({ name, value, low, high }, k) => {
    const y = k * line;
    return `<g transform="translate(0 ${y})"><text x="${left - 8}" y="18" text-anchor="end">${escapeHtml(name)}</text>
<rect x="${left}" y="5" width="${((width * value) / most).toFixed(1)}" height="18" fill="#5b8def"/>
<path d="M${x(low)} 14H${x(high)}M${x(low)} 9v10M${x(high)} 9v10" stroke="currentColor" fill="none"/>
<text x="${left + width + 8}" y="18">${value.toFixed(2)} cm</text></g>`;
  });
  return `<svg role="img" aria-label="Future pose error by method" viewBox="0 0 ${left + width + 80} ${all.length * line}" width="100%">${rows.join('\n')}</svg>`;
}

function databaseSection(database: NonNullable<Evaluation['database']>): string {
  const { coverage } = database;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const facts: readonly (readonly [string, string])[] = [
    ['clips', String(database.clips)],
    ['frames', String(database.frames)],
    ['seconds', database.seconds.toFixed(1)],
    ['usable frames', percent(database.validShare)],
    ['numbers a frame', String(database.dimension)],
    ['left, right foot on the floor', database.contactShare.map(percent).join(', ')],
    ['frames that all but repeat one of another clip', percent(database.duplicateShare)],
    ['cells with half a second or more', percent(database.coverageShare)],
  ];
  return `<h2>${escapeHtml(database.file)}</h2><table><tbody>${facts
    .map(([name, value]) => `<tr><td>${name}</td><td>${value}</td></tr>`)
    .join('\n')}</tbody></table>
<h3>Seconds by speed and turn</h3>${heatMap(coverage)}
`;
}

function heatMap(coverage: readonly (readonly number[])[]): string {
  const [left, top, cell, line] = [110, 44, 88, 30];
  const most = Math.max(...coverage.flat(), 1e-9);
  const turns = cellNames(TURN_EDGES_DEG);
  const columns = turns.map(
    (turn, k) =>
      `<text x="${left + (k + 0.5) * cell}" y="${top - 8}" text-anchor="middle">${escapeHtml(turn)}</text>`,
  );
  const rows = cellNames(SPEED_EDGES).map((speed, r) => {
    const cells = coverage[r].map((seconds, k) => {
      const shade = seconds > 0 ? 0.12 + 0.78 * Math.sqrt(seconds / most) : 0.03;
      return `<rect x="${left + k * cell}" y="${top + r * line}" width="${cell - 2}" height="${line - 2}" fill="#5b8def" fill-opacity="${shade.toFixed(3)}"/>
<text x="${left + (k + 0.5) * cell}" y="${top + r * line + 19}" text-anchor="middle">${seconds > 0 ? seconds.toFixed(1) : '·'}</text>`;
    });
    return `<text x="${left - 8}" y="${top + r * line + 19}" text-anchor="end">${escapeHtml(speed)}</text>${cells.join('')}`;
  });
  return `<svg role="img" aria-label="Seconds of usable frames by speed and turn" viewBox="0 0 ${left + turns.length * cell} ${top + coverage.length * line}" width="100%">
<text x="${left}" y="14">turn, degrees per second (left above 0)</text><text x="0" y="${top - 8}">speed, m/s</text>${columns.join('')}${rows.join('\n')}</svg>`;
}
