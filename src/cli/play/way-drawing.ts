import type { PlayedWay } from '../../pipeline/index.js';
import { drawing } from '../evaluation/html.js';

const [WIDTH, HEIGHT, MARGIN] = [640, 420, 24];
/** A minute is as much as can be made out. */
const MOST_POINTS = 600;

/** The way of the figure and of the game's point seen from above: its left is left, ahead is up. */
export function wayDrawing(way: PlayedWay): string {
  const shown = way.slice(0, MOST_POINTS);
  const all = shown.flatMap(({ root, point }) => [root, point]);
  const low = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, z]) => z))];
  const high = [Math.max(...all.map(([x]) => x)), Math.max(...all.map(([, z]) => z))];
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(high[0] - low[0], 1),
    (HEIGHT - 2 * MARGIN) / Math.max(high[1] - low[1], 1),
  );
  const at = ([x, z]: readonly [number, number]): string =>
    `${(MARGIN + (high[0] - x) * scale).toFixed(1)} ${(MARGIN + (high[1] - z) * scale).toFixed(1)}`;
  const line = (points: readonly (readonly [number, number])[]): string => `M${points.map(at).join('L')}`;
  const metre = `M${MARGIN} ${HEIGHT - 8}h${scale.toFixed(1)}m0 -4v8m${(-scale).toFixed(1)} 0v-8`;
  return drawing({
    id: 'way',
    title: 'The way from above',
    says: `${(shown.length / 10).toFixed(0)} s of the figure’s root (solid) and of the point that the game moves (dashed), over ${(high[0] - low[0]).toFixed(1)} by ${(high[1] - low[1]).toFixed(1)} metres.`,
    width: WIDTH,
    height: HEIGHT,
    body: `<path fill="none" stroke="var(--accent)" stroke-width="2" d="${line(shown.map(({ root }) => root))}"/><path class="bar" d="${line(shown.map(({ point }) => point))}"/><path class="err" d="${metre}"/><text class="soft" x="${(MARGIN + scale + 6).toFixed(1)}" y="${HEIGHT - 4}">1 m</text>`,
  });
}
