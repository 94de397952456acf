import type { RetrievalScore } from '../../motion/index.js';

/** Scores as a table, one line a method, and FPE by label below. */
export function scoreText(score: RetrievalScore): string {
  const { methods } = score;
  const width = Math.max(...methods.map(({ method }) => method.length));
  const lines = [
    `${score.databaseSamples} database samples, ${score.querySamples} queries, ${score.rateHz} Hz, ${score.jointCount} joints; centimetres, JV in m/s`,
    '',
    `${'method'.padEnd(width)}    D     JP     JV   +1/3 s  +2/3 s    +1 s     FPE  [95 %]            FTE     FFE   skill`,
  ];
  for (const m of methods) {
    const cell = (value: number, digits = 2, size = 7): string => value.toFixed(digits).padStart(size);
    const interval = `[${m.interval.map((value) => value.toFixed(2)).join(', ')}]`.padEnd(15);
    lines.push(
      `${m.method.padEnd(width)} ${String(m.dimension || '-').padStart(4)}${cell(m.jp)}${cell(m.jv, 3)} ${m.fpeAt.map((value) => cell(value)).join(' ')} ${cell(m.fpe)}  ${interval}${cell(m.fte)} ${cell(m.ffe)} ${m.method.startsWith('random') ? '      -' : cell(m.skill, 3)}`,
    );
    if (m.refused > 0)
      lines.push(`${''.padEnd(width)}      ${m.refused} queries refused, answered at random`);
  }
  const labels = Object.keys(methods[0]?.fpeByLabel ?? {});
  if (labels.length > 1) {
    const shown = methods.filter(({ method }) => !method.startsWith('random'));
    lines.push('', 'FPE by label', ...shown.map(({ method }, k) => `  ${k + 1}  ${method}`));
    const labelWidth = Math.max(...labels.map((label) => label.length), 5);
    lines.push(`${''.padEnd(labelWidth)}${shown.map((_, k) => String(k + 1).padStart(8)).join('')}`);
    for (const label of labels) {
      lines.push(
        `${label.padEnd(labelWidth)}${shown.map(({ fpeByLabel }) => fpeByLabel[label].toFixed(2).padStart(8)).join('')}`,
      );
    }
  }
  return lines.join('\n');
}
