const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a 16 × 16 field. */
const OUTLINES = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  back: 'M11 3v10L4.5 8z',
  play: 'M4 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M5 3v10l6.5-5z',
  last: 'M11 3h2v10h-2zM3 3v10l7-5z',
} as const;

export type IconName = keyof typeof OUTLINES;

/** A drawing for a button, in the colour of its text. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', OUTLINES[name]);
  svg.append(path);
  return svg;
}
