import { figure } from '../evaluation/figures.js';
import { drawing, escapeHtml } from '../evaluation/html.js';

export interface FrontPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly onFront: boolean;
}

interface FrontPlot {
  readonly id: string;
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly points: readonly FrontPoint[];
}

const [WIDTH, HEIGHT] = [520, 320];
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 40, 16, 46];

/** Points of two scores of which less is better; those on the Pareto front are filled and joined. */
export function frontPlot({ id, title, xName, yName, points }: FrontPlot): string {
  const x = scaleOf(
    points.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scaleOf(
    points.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
  );
  const front = points.filter(({ onFront }) => onFront).sort((a, b) => a.x - b.x);
  const dots = points.map(
    (point) =>
      `<circle cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="6" fill="${point.onFront ? 'var(--accent)' : 'none'}" stroke="var(--accent)" stroke-width="2"/><text x="${Number(x.at(point.x)) + 10}" y="${Number(y.at(point.y)) - 7}">${escapeHtml(point.label)}</text>`,
  );
  const floor = HEIGHT - BOTTOM;
  return drawing({
    id,
    title,
    says: points
      .map(
        (point) =>
          `${point.label}: ${xName} ${figure(point.x)}, ${yName} ${figure(point.y)}${point.onFront ? ', on the front' : ''}`,
      )
      .join('; '),
    width: WIDTH,
    height: HEIGHT,
    body: `<path class="axis" d="M${LEFT} ${TOP}V${floor}H${WIDTH - RIGHT}"/>${x.ends.map((value) => `<text class="soft" x="${x.at(value)}" y="${floor + 18}" text-anchor="middle">${figure(value)}</text>`).join('')}${y.ends.map((value) => `<text class="soft" x="${LEFT - 8}" y="${Number(y.at(value)) + 4}" text-anchor="end">${figure(value)}</text>`).join('')}<text class="soft" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(xName)}</text><text class="soft" x="14" y="${(TOP + floor) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(TOP + floor) / 2})">${escapeHtml(yName)}</text><path fill="none" stroke="var(--accent)" d="M${front.map((point) => `${x.at(point.x)} ${y.at(point.y)}`).join('L')}"/>${dots.join('')}`,
  });
}

/** A straight scale with some air around the values. */
function scaleOf(
  values: readonly number[],
  from: number,
  to: number,
): { at(value: number): string; readonly ends: readonly [number, number] } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = (most - least) * 0.15 || Math.abs(most) * 0.1 || 1;
  const [low, high] = [least - air, most + air];
  return {
    at: (value) => (from + ((to - from) * (value - low)) / (high - low)).toFixed(1),
    ends: [low, high],
  };
}
