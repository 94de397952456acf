/** Colours that canvas, WebGL and style sheet share; `applyPalette` gives them to the style sheet. */
export const PALETTE = {
  background: '#15181d',
  gridFine: '#2b313a',
  gridStrong: '#49525f',
  shadow: '#0d0f12',
  left: '#5aa7ff',
  right: '#ff9152',
  middle: '#d5dae3',
  helper: '#6a7482',
  path: '#8fd18a',
  axisX: '#ff5d5d',
  axisY: '#7ddc6f',
  axisZ: '#6aa2ff',
  text: '#e4e8ee',
  faint: '#8a94a3',
  accent: '#ffd166',
} as const;

/** Makes each colour a custom property (`--left`) of the page. */
export function applyPalette(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(PALETTE)) root.style.setProperty(`--${name}`, colour);
}
