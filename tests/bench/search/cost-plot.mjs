/** How the cost of a query grows with the database, as an SVG with logarithmic axes. */
const SIZE = { width: 760, height: 460, left: 64, right: 190, top: 24, bottom: 48 };
const LINES = [
  ['brute', 'brute force', '#8c8c8c'],
  ['plain', 'Holden boxes, JavaScript', '#c58a2d'],
  ['native', 'Holden boxes, C++ -O3', '#b3452c'],
  ['boxes', 'boxes', '#4a7f3f'],
  ['unreal', 'Unreal (not exact)', '#7a55a0'],
  ['exact', 'vp-tree (exact)', '#1f5fa8'],
];

export function costPlot(measured) {
  const lines = LINES.flatMap(([name, label, colour]) => {
    const points = measured.flatMap(({ size, micros, native }) => {
      const time = name === 'native' ? native : micros[name];
      return time ? [{ size, mean: time.mean }] : [];
    });
    return points.length > 0 ? [{ label, colour, points }] : [];
  });
  const means = lines.flatMap(({ points }) => points.map(({ mean }) => mean));
  const x = scale(measured[0].size, measured.at(-1).size, SIZE.left, SIZE.width - SIZE.right);
  const [low, high] = [
    10 ** Math.floor(Math.log10(Math.min(...means))),
    10 ** Math.ceil(Math.log10(Math.max(...means))),
  ];
  const y = scale(low, high, SIZE.height - SIZE.bottom, SIZE.top);
  const parts = [
    ...ticks(low, high).map((value) =>
      grid(SIZE.left, y(value), SIZE.width - SIZE.right, y(value), time(value)),
    ),
    ...measured.map(({ size }) => upright(x(size), size)),
    ...lines.map(({ label, colour, points }) =>
      lineOf(
        label,
        colour,
        points.map(({ size, mean }) => [x(size), y(mean)]),
      ),
    ),
    text(SIZE.left, SIZE.height - 8, 'frames in the database', 'start'),
    text(SIZE.left, 14, 'mean time of a query', 'start'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function scale(low, high, from, to) {
  const span = Math.log(high / low);
  return (value) => round(from + ((to - from) * Math.log(value / low)) / span);
}

const round = (value) => Math.round(10 * value) / 10;
const ticks = (low, high) =>
  Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, k) => low * 10 ** k);
const time = (micros) => (micros >= 1000 ? `${micros / 1000} ms` : `${micros} µs`);
const frames = (size) => (size >= 1e6 ? `${size / 1e6} M` : `${size / 1e3} k`);
const text = (x, y, words, anchor, colour = '#444444') =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
const grid = (x1, y1, x2, y2, words) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#dddddd"/>${text(x1 - 6, y1 + 4, words, 'end')}`;

function upright(x, size) {
  const bottom = SIZE.height - SIZE.bottom;
  return `<line x1="${x}" y1="${SIZE.top}" x2="${x}" y2="${bottom}" stroke="#eeeeee"/>${text(x, bottom + 16, frames(size), 'middle')}`;
}

function lineOf(label, colour, points) {
  const path = points.map(([x, y]) => `${x},${y}`).join(' ');
  const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`).join('');
  const [x, y] = points.at(-1);
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${text(x + 8, y + 4, label, 'start', colour)}`;
}
