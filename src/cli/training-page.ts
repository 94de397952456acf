import type { TrainRecord } from '../pipeline/index.js';
import { drawing, escapeHtml, folded, section, table } from './evaluation/html.js';
import { STYLE } from './evaluation/style.js';

type Curve = NonNullable<TrainRecord['curve']>;

/** One page of a training that holds all it needs: error by epoch, settings, and the clips learned from. */
export function trainingPage(record: TrainRecord): string {
  const { encoder, data, seconds, engine, curve = [], heldOutClips = [], settings } = record;
  const frames = data.reduce((sum, clip) => sum + clip.frames, 0);
  const title = `Encoder ${encoder}`;
  const facts = `${data.length} clips, ${frames} frames, ${seconds.toFixed(1)} s${engine ? ` on ${engine}` : ''}; Gaitway ${record.gaitway}, Node ${record.node}`;
  const held = new Set(heldOutClips);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<div class="wrap"><header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(facts)}</p></header></div>
<main class="wrap">${curve.length > 0 ? curveSection(curve) : ''}
${section(
  'settings',
  'Settings',
  'The same settings, clips and engine give the same encoder to the byte.',
  table(
    ['setting', 'value'],
    Object.entries(settings).map(([name, value]) => [name, String(value)]),
  ),
)}
${section(
  'clips',
  'Clips',
  held.size > 0 ? `${held.size} clips were held out to see when to stop.` : 'All clips were learned from.',
  folded(
    'All clips',
    table(
      ['clip', 'frames', 'part', 'SHA-256'],
      data.map(({ name, frames: count, sha256 }) => [
        name,
        String(count),
        held.has(name) ? 'held out' : 'learned',
        `sha ${sha256.slice(0, 16)}`,
      ]),
    ),
  ),
)}</main>
</body></html>
`;
}

function curveSection(curve: Curve): string {
  const best = curve.reduce((least, report) => (report.heldOutCm < least.heldOutCm ? report : least));
  const rows = curve.map(({ epoch, trainCm, heldOutCm }) => [
    String(epoch),
    `${trainCm.toFixed(2)} cm`,
    `${heldOutCm.toFixed(2)} cm`,
  ]);
  const lead = `Root mean square over joints and the coming second. The weights of epoch ${best.epoch} are kept: ${best.heldOutCm.toFixed(2)} cm on clips that were not learned from.`;
  return section(
    'error',
    'Error by epoch',
    lead,
    curveDrawing(curve, lead) +
      folded('Numbers', table(['epoch', 'clips learned from', 'clips held out'], rows)),
  );
}

/** Two lines over epochs, each named at its end. */
function curveDrawing(curve: Curve, says: string): string {
  const [width, height, left, right, bottom] = [640, 280, 44, 130, 30];
  const values = curve.flatMap(({ trainCm, heldOutCm }) => [trainCm, heldOutCm]);
  const [low, high] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const floor = height - bottom;
  const x = (n: number): string =>
    (left + ((width - left - right) * n) / Math.max(1, curve.length - 1)).toFixed(1);
  const y = (value: number): number => floor - ((floor - 12) * (value - low)) / Math.max(1, high - low);
  const step = Math.max(1, Math.ceil((high - low) / 6));
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, k) => low + k * step).map(
    (value) =>
      `<path class="axis" d="M${left} ${y(value).toFixed(1)}H${width - right}"/><text class="soft" x="${left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  );
  const line = (name: string, style: string, of: (report: Curve[number]) => number): string => {
    const points = curve.map((report, n) => `${x(n)},${y(of(report)).toFixed(1)}`).join(' ');
    const end = of(curve[curve.length - 1]);
    return `<polyline points="${points}" fill="none" stroke="currentColor" stroke-width="2"${style}/><text x="${width - right + 8}" y="${(y(end) + 4).toFixed(1)}">${name}</text>`;
  };
  const epochs = [0, curve.length - 1].map(
    (n) =>
      `<text class="soft" x="${x(n)}" y="${height - 8}" text-anchor="middle">epoch ${curve[n].epoch}</text>`,
  );
  return drawing({
    id: 'curve',
    title: 'Error by epoch, in centimetres',
    says,
    width,
    height,
    body: [
      ...ticks,
      line('learned from', ' stroke-dasharray="5 4"', ({ trainCm }) => trainCm),
      line('held out', '', ({ heldOutCm }) => heldOutCm),
      ...epochs,
    ].join('\n'),
  });
}
