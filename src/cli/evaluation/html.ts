/** Text as it may stand in HTML and SVG. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

export interface Drawing {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence, for those who do not see it. */
  readonly says: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** A drawing that is as wide as its place, with its title and a sentence for screen readers. */
export function drawing({ id, title, says, width, height, body }: Drawing): string {
  return `<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-t">${escapeHtml(title)}</title><desc id="${id}-d">${escapeHtml(says)}</desc>${body}</svg>`;
}

/** What begins like a number stands to the right, as numbers do. */
const isText = (cell: string | undefined): boolean => cell !== undefined && !/^[-−–·<≥\d]/.test(cell);

/** A table whose first column names the row; cells are text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const side = (cell: string | undefined): string => (isText(cell) ? ' class="text"' : '');
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, k) =>
        k === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td${side(cell)}>${escapeHtml(cell)}</td>`,
      )
      .join('');
  const names = head.map(
    (cell, k) => `<th scope="col"${side(k === 0 ? 'name' : rows[0]?.[k])}>${escapeHtml(cell)}</th>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(head.join(', '))}"><table><thead><tr>${names.join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join('\n')}</tbody></table></div>`;
}

/** What can be opened, closed at first; the summary is text. */
export const folded = (summary: string, inside: string): string =>
  `<details><summary>${escapeHtml(summary)}</summary>${inside}</details>`;

/** A part of the page under its own heading. */
export const section = (id: string, title: string, lead: string, inside: string): string =>
  `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${escapeHtml(title)}</h2><p class="lead">${escapeHtml(lead)}</p>${inside}</section>`;

/** A key to colours: each with a swatch of a class. */
export const legend = (entries: readonly (readonly [swatch: string, text: string])[]): string =>
  `<ul class="legend">${entries
    .map(
      ([swatch, text]) =>
        `<li><svg width="14" height="14" aria-hidden="true"><rect class="${swatch}" width="14" height="14" rx="3"/></svg>${escapeHtml(text)}</li>`,
    )
    .join('')}</ul>`;
