import type { Spread } from '../../motion/index.js';
import { figure } from './figures.js';
import { drawing, escapeHtml } from './html.js';

const px = (value: number): string => value.toFixed(1);

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** As it is written beside the bar. */
  readonly text: string;
  /** Ends of an interval around the value. */
  readonly interval?: readonly [low: number, high: number];
}

interface BarChart {
  readonly id: string;
  readonly title: string;
  readonly bars: readonly Bar[];
  /** The value of a whole bar; the greatest by default. */
  readonly most?: number;
  /** Room for names. */
  readonly names?: number;
}

/** Bars that lie side by side, each with its name before and its value after it. */
export function barChart({ id, title, bars, most, names = 190 }: BarChart): string {
  const [length, line, after] = [300, 30, 84];
  const whole = most ?? Math.max(...bars.map(({ value, interval }) => interval?.[1] ?? value), 1e-9);
  const x = (value: number): number => names + (length * Math.min(value, whole)) / whole;
  const body = bars.map(({ name, value, text, interval }, k) => {
    const y = k * line;
    const error = interval
      ? `<path class="err" d="M${px(x(interval[0]))} ${y + 15}H${px(x(interval[1]))}M${px(x(interval[0]))} ${y + 10}v10M${px(x(interval[1]))} ${y + 10}v10"/>`
      : '';
    return `<text x="${names - 10}" y="${y + 19}" text-anchor="end">${escapeHtml(name)}</text><rect class="track" x="${names}" y="${y + 6}" width="${length}" height="18" rx="4"/><rect class="accent" x="${names}" y="${y + 6}" width="${px(x(value) - names)}" height="18" rx="4"/>${error}<text class="strong" x="${names + length + 8}" y="${y + 19}">${escapeHtml(text)}</text>`;
  });
  return drawing({
    id,
    title,
    says: bars.map(({ name, text }) => `${name}: ${text}`).join('; '),
    width: names + length + after,
    height: bars.length * line + 2,
    body: body.join('\n'),
  });
}

interface Histogram {
  readonly id: string;
  readonly title: string;
  readonly spread: Spread;
  readonly unit: string;
  /** A bar that values should stay below. */
  readonly limit?: number;
}

/** How values are spread, on an axis of equal ratios. */
export function histogram({ id, title, spread, unit, limit }: Histogram): string {
  const { edges, counts } = spread.histogram;
  const [width, height, left, bottom] = [520, 190, 8, 34];
  const cell = (width - 2 * left) / counts.length;
  const most = Math.max(...counts, 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const span = Math.log(edges[edges.length - 1] / edges[0]) || 1;
  const x = (value: number): number =>
    left + (width - 2 * left) * Math.min(Math.max(Math.log(value / edges[0]) / span, 0), 1);
  const floor = height - bottom;
  const bars = counts.map((count, k) => {
    const tall = ((floor - 26) * count) / most;
    return `<rect class="accent" x="${px(left + k * cell + 0.75)}" y="${px(floor - tall)}" width="${px(cell - 1.5)}" height="${px(tall)}" rx="1.5"/>`;
  });
  const ticks = ticksBetween(edges[0], edges[edges.length - 1]).map(
    (value) =>
      `<path class="axis" d="M${px(x(value))} ${floor}v5"/><text class="soft" x="${px(x(value))}" y="${floor + 19}" text-anchor="middle">${figure(value)}</text>`,
  );
  const mark = (value: number, text: string, style: string, y: number): string => {
    const end = x(value) > width * 0.7 ? ' text-anchor="end"' : '';
    return `<path class="${style}" d="M${px(x(value))} ${y + 4}V${floor}"/><text x="${px(x(value) + (end ? -5 : 5))}" y="${y + 12}"${end}>${escapeHtml(text)}</text>`;
  };
  const marks = [
    mark(spread.median, `half below ${figure(spread.median)}`, 'err', 0),
    ...(limit === undefined ? [] : [mark(limit, `seen above ${figure(limit)}`, 'bar', 14)]),
  ];
  return drawing({
    id,
    title,
    says: `${total} values; half are below ${figure(spread.median)} ${unit}, 95 % below ${figure(spread.p95)}, the greatest is ${figure(spread.most)}.`,
    width,
    height,
    body: `<path class="axis" d="M${left} ${floor}H${width - left}"/>${bars.join('')}${ticks.join('')}${marks.join('')}<text class="soft" x="${width - left}" y="${height - 1}" text-anchor="end">${escapeHtml(unit)}</text>`,
  });
}

/** 1, 2 and 5 of every power of ten, thinned where they would crowd. */
function ticksBetween(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  const tens = ticks.filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9);
  return ticks.length > 9 && tens.length > 1 ? tens : ticks;
}
