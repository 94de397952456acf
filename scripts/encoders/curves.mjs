/** Held-out error by epoch of all networks in one drawing. */
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 320, 44, 130, 12, 30];
const COLOURS = [
  '#4269d0',
  '#efb118',
  '#ff725c',
  '#6cc5b0',
  '#3ca951',
  '#ff8ab7',
  '#a463f2',
  '#97bbf5',
  '#9c6b4e',
];

export function curvesDrawing(trained) {
  const curves = trained.flatMap(({ name, record }) => (record.curve ? [{ name, curve: record.curve }] : []));
  const errors = curves.flatMap(({ curve }) => curve.map(({ heldOutCm }) => heldOutCm));
  const [low, high] = [Math.min(...errors), Math.max(...errors)];
  const longest = Math.max(...curves.map(({ curve }) => curve.length));
  const x = (n) => LEFT + ((WIDTH - LEFT - RIGHT) * n) / Math.max(1, longest - 1);
  const y = (cm) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (cm - low)) / Math.max(1e-6, high - low);
  const ends = curves
    .map(({ name, curve }, n) => ({ name, n, at: y(curve[curve.length - 1].heldOutCm) }))
    .sort((a, b) => a.at - b.at);
  let floor = TOP - 14;
  const labels = ends.map(({ name, n, at }) => {
    floor = Math.max(at, floor + 14);
    return `<text x="${WIDTH - RIGHT + 8}" y="${(floor + 4).toFixed(1)}" fill="${COLOURS[n % COLOURS.length]}">${name}</text>`;
  });
  const lines = curves.map(({ curve }, n) => {
    const points = curve.map(({ heldOutCm }, k) => `${x(k).toFixed(1)},${y(heldOutCm).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[n % COLOURS.length]}" stroke-width="1.5"/>`;
  });
  const marks = [low, high].map(
    (cm) => `<text x="${LEFT - 6}" y="${(y(cm) + 4).toFixed(1)}" text-anchor="end">${cm.toFixed(2)}</text>`,
  );
  const epochs = [1, longest].map(
    (epoch) =>
      `<text x="${x(epoch - 1).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="middle">epoch ${epoch}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#777"><title>Error on held-out clips by epoch, cm</title>
${[...lines, ...labels, ...marks, ...epochs].join('\n')}
</svg>
`;
}
