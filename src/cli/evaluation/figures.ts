import type { ClipRange } from '../../motion/index.js';

/** `12.3 %`; small shares keep a digit more, so that few is not none. */
export const percent = (share: number): string =>
  share === 0 || share === 1
    ? `${100 * share} %`
    : `${(100 * share).toFixed(share < 0.01 || share > 0.99 ? 2 : 1)} %`;

/** Names of the cells between edges: below the first, …, above the last. */
export function cellNames(edges: readonly number[]): string[] {
  const names = edges.map((edge) => String(edge).replace('-', '−'));
  return [`< ${names[0]}`, ...names.slice(1).map((name, k) => `${names[k]} … ${name}`), `≥ ${names.at(-1)}`];
}

/** A count with its thousands apart. */
export const grouped = (count: number): string => count.toLocaleString('en');

/** `1.20–3.40 s`, or the moment where it is but one. */
export const secondsOf = ({ from, to }: ClipRange): string =>
  to > from ? `${from.toFixed(2)}–${to.toFixed(2)} s` : `${from.toFixed(2)} s`;

/** `walk 1.20–3.40 s` */
export const rangeText = (range: ClipRange): string => `${range.clip} ${secondsOf(range)}`;

/** Three digits that matter. */
export const figure = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
