import type { RetargetBatch } from './retarget-stage.js';

/** A batch as one JSON document. */
export const reportAsJson = (batch: RetargetBatch): string =>
  JSON.stringify({ ok: batch.counts.failed + batch.counts.cancelled === 0, ...batch }, null, 2);

const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const number = (value: number | undefined, digits = 1): string =>
  value === undefined ? '–' : value.toFixed(digits);

const HEADINGS = [
  'file',
  'take',
  'frames',
  'family',
  'calibration °',
  'arms °',
  'legs °',
  'reach %',
  'slide cm/s',
  'floor cm',
  'hips cm',
  'jerk',
  'warnings',
];

/** A batch as a page to read: one row a clip, failures and warnings in words. */
export function reportAsHtml(batch: RetargetBatch, target: string): string {
  const rows = batch.files.flatMap((file) => [
    ...file.clips.map(({ take, frameCount, calibration, quality, warnings }) => [
      file.file,
      take,
      String(frameCount),
      file.family,
      number(calibration.largestDegrees, 0),
      number(quality.armDegrees),
      number(quality.legDegrees),
      number(quality.chainPercent),
      `${number(quality.slideSourceCmPerSecond)} → ${number(quality.slideCmPerSecond)}`,
      number(quality.floorCm),
      number(quality.rootCm),
      number(quality.jerkRatio, 2),
      warnings.map(({ message }) => message).join(' '),
    ]),
    ...file.failures.map(({ code, message }) => [
      file.file,
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      `failed: ${message} [${code}]`,
    ]),
  ]);
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${asText(cell)}</${tag}>`).join('')}</tr>`;
  const { done, unchanged, failed, cancelled } = batch.counts;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Retargeted to ${asText(target)}</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 2em }
table { border-collapse: collapse }
th, td { padding: .2em .7em; text-align: left; vertical-align: top; border-bottom: 1px solid #ccc }
</style>
<h1>Retargeted to ${asText(target)}</h1>
<p>${done} files made, ${unchanged} unchanged, ${failed} failed, ${cancelled} not begun. Lengths are of a body whose leg is 85 cm.</p>
<table>
${[cells('th', HEADINGS), ...rows.map((row) => cells('td', row))].join('\n')}
</table>
</html>
`;
}
