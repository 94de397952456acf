import { figure } from '../evaluation/figures.js';
import { drawing, escapeHtml, folded, table } from '../evaluation/html.js';
import type { WeightTable } from './part-weights.js';

/** Weights as a map of shades, the same scale wherever `most` is the same, with the figures folded below. */
export function weightMap(
  id: string,
  title: string,
  { parts, columns, weights }: WeightTable,
  most: number,
): string {
  const [left, top, cell, line] = [110, 28, Math.min(96, Math.floor(760 / columns.length)), 26];
  const rows = parts.map((part, r) => {
    const y = top + r * line;
    const cells = columns.map((column, c) => {
      const weight = weights[r][c];
      const box = `x="${left + c * cell}" y="${y}" width="${cell - 3}" height="${line - 3}" rx="4"`;
      if (weight === undefined) return '';
      const shade = (0.06 + 0.94 * (weight / most)).toFixed(2);
      return `<rect class="blank" ${box}/><rect class="cell" ${box} fill-opacity="${shade}"><title>${escapeHtml(`${part}, ${column}: ${figure(weight)}`)}</title></rect>`;
    });
    return `<text x="${left - 10}" y="${y + 16}" text-anchor="end">${escapeHtml(part)}</text>${cells.join('')}`;
  });
  const names = columns.map(
    (column, c) =>
      `<text class="soft" x="${left + c * cell + (cell - 3) / 2}" y="${top - 9}" text-anchor="middle">${escapeHtml(column)}</text>`,
  );
  const [heaviest] = parts;
  return (
    drawing({
      id,
      title,
      says: `${parts.length} rows by ${columns.length} times; ${heaviest} weighs most. The table below has every figure.`,
      width: left + columns.length * cell,
      height: top + parts.length * line,
      body: names.join('') + rows.join('\n'),
    }) +
    folded(
      'Weights as a table',
      table(
        ['', ...columns],
        parts.map((part, r) => [
          part,
          ...weights[r].map((weight) => (weight === undefined ? '·' : figure(weight))),
        ]),
      ),
    )
  );
}
