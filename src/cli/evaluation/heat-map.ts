import { SPEED_EDGES, TURN_EDGES_DEG } from '../../motion/index.js';
import { cellNames } from './figures.js';
import { drawing, escapeHtml, folded, table } from './html.js';

type ThinPlace = {
  readonly speed: readonly [number | null, number | null];
  readonly turnDeg: readonly [number | null, number | null];
};

/** Seconds by speed (fast above) and turn (left on the left), with the thin spots framed. [speed][turn] */
export function heatMap(seconds: readonly (readonly number[])[], thin: readonly ThinPlace[]): string {
  const [left, top, cell, line] = [88, 40, 104, 42];
  const speeds = cellNames(SPEED_EDGES);
  // A turn to the left has its column on the left.
  const turns = cellNames(TURN_EDGES_DEG).reverse();
  const most = Math.max(...seconds.flat(), 1e-9);
  const last = { row: seconds.length - 1, column: turns.length - 1 };
  const rows = speeds.map((speed, s) => {
    const y = top + (last.row - s) * line;
    const cells = seconds[s].map((value, t) => {
      const x = left + (last.column - t) * cell;
      // Seconds span four powers of ten, so shades follow their square root.
      const shade = value > 0 ? 0.1 + 0.9 * Math.sqrt(value / most) : 0;
      const box = `x="${x}" y="${y}" width="${cell - 3}" height="${line - 3}" rx="5"`;
      const fill = value > 0 ? `<rect class="cell" ${box} fill-opacity="${shade.toFixed(2)}"/>` : '';
      const text = value >= 9.95 ? value.toFixed(0) : value > 0 ? value.toFixed(1) : '·';
      return `<rect class="blank" ${box}/>${fill}<text class="${shade > 0.55 ? 'on' : value > 0 ? '' : 'soft'}" x="${x + (cell - 3) / 2}" y="${y + 25}" text-anchor="middle">${text}</text>`;
    });
    return `<text x="${left - 10}" y="${y + 25}" text-anchor="end">${escapeHtml(speed)}</text>${cells.join('')}`;
  });
  const frames = thin.map(({ speed, turnDeg }) => {
    const s = (SPEED_EDGES as readonly number[]).indexOf(speed[0] ?? 0) + 1;
    const from = turnDeg[0] === null ? 0 : (TURN_EDGES_DEG as readonly number[]).indexOf(turnDeg[0]) + 1;
    const to = turnDeg[1] === null ? last.column : (TURN_EDGES_DEG as readonly number[]).indexOf(turnDeg[1]);
    return `<rect class="thin" x="${left + (last.column - to) * cell}" y="${top + (last.row - s) * line}" width="${(to - from + 1) * cell - 3}" height="${line - 3}" rx="5"/>`;
  });
  const names = turns.map(
    (turn, k) =>
      `<text class="soft" x="${left + k * cell + (cell - 3) / 2}" y="${top - 9}" text-anchor="middle">${escapeHtml(turn)}</text>`,
  );
  const picture = drawing({
    id: 'heat',
    title: 'Seconds of usable frames by speed and turn',
    says: `The fullest cell holds ${most.toFixed(1)} seconds; ${seconds.flat().filter((value) => value === 0).length} of ${seconds.flat().length} cells are empty. The table below has every figure.`,
    width: left + turns.length * cell,
    height: top + seconds.length * line + 4,
    body: `<text class="soft" x="${left}" y="13">← turning left, °/s</text><text class="soft" x="${left + turns.length * cell - 3}" y="13" text-anchor="end">turning right →</text><text class="soft" x="${left - 10}" y="${top - 9}" text-anchor="end">m/s</text>${names.join('')}${rows.join('\n')}${frames.join('')}`,
  });
  const figures = table(
    ['m/s', ...turns],
    speeds
      .map((speed, s) => [speed, ...[...seconds[s]].reverse().map((value) => value.toFixed(1))])
      .reverse(),
  );
  return picture + folded('Seconds as a table', figures);
}
