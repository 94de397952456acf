import type { ClipStrip, StretchState } from '../../motion/index.js';
import { drawing, escapeHtml, folded, legend, table } from './html.js';

const SWATCH: Readonly<Record<StretchState, string>> = {
  used: 'used',
  'never chosen': 'never',
  repeated: 'repeated',
  blocked: 'blocked',
  dead: 'dead',
};
const MEANS: Readonly<Record<StretchState, string>> = {
  used: 'used',
  'never chosen': 'never chosen: others always fit better',
  repeated: 'repeated: another clip has it too',
  blocked: 'played on to only',
  dead: 'dead: never an answer',
};
/** Heights tell the states apart where colours do not. */
const HEIGHT: Readonly<Record<StretchState, number>> = {
  used: 16,
  'never chosen': 11,
  repeated: 11,
  blocked: 6,
  dead: 4,
};

/** One line a clip, as long as the clip lasts. */
export function clipStripes(strips: readonly ClipStrip[]): string {
  const states = (Object.keys(SWATCH) as StretchState[]).filter((state) =>
    strips.some(({ secondsOf }) => secondsOf[state] > 0),
  );
  const [left, width, line, axis] = [280, 700, 22, 24];
  const longest = Math.max(...strips.map(({ seconds }) => seconds), 1e-9);
  const x = (seconds: number): number => left + (width * seconds) / longest;
  const rows = strips.map(({ clip, stretches }, k) => {
    const y = axis + k * line;
    const boxes = stretches.map(({ state, from, to }) => {
      const tall = HEIGHT[state];
      return `<rect class="${SWATCH[state]}" x="${x(from).toFixed(1)}" y="${y + (18 - tall) / 2}" width="${Math.max(x(to) - x(from) - 0.5, 0.8).toFixed(1)}" height="${tall}" rx="1.5"><title>${escapeHtml(`${MEANS[state]}, ${from.toFixed(2)}–${to.toFixed(2)} s`)}</title></rect>`;
    });
    return `<text x="${left - 10}" y="${y + 13}" text-anchor="end">${escapeHtml(shortened(clip))}</text>${boxes.join('')}`;
  });
  const step = [0.5, 1, 2, 5, 10, 20, 60, 120, 300].find((seconds) => longest / seconds <= 10) ?? 600;
  const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, k) => k * step).map(
    (seconds) =>
      `<text class="soft" x="${x(seconds).toFixed(1)}" y="12" text-anchor="middle">${seconds} s</text><path class="axis" d="M${x(seconds).toFixed(1)} 17v${strips.length * line + 5}"/>`,
  );
  const picture = drawing({
    id: 'strips',
    title: 'What each clip brings, over its time',
    says: `${strips.length} clips, those with the most seconds that bring nothing first. The table below has the seconds of each.`,
    width: left + width + 20,
    height: axis + strips.length * line,
    body: ticks.join('') + rows.join('\n'),
  });
  const figures = table(
    ['clip', 'seconds', ...states],
    strips.map(({ clip, seconds, secondsOf }) => [
      clip,
      seconds.toFixed(2),
      ...states.map((state) => secondsOf[state].toFixed(2)),
    ]),
  );
  return (
    legend(states.map((state) => [SWATCH[state], MEANS[state]])) +
    `<div class="scroll" tabindex="0" role="region" aria-label="Clips over time">${picture}</div>` +
    folded('Seconds as a table', figures)
  );
}

/** The end of a name tells clips of one folder apart. */
const shortened = (name: string): string => (name.length > 38 ? `…${name.slice(-37)}` : name);
