import type { SearchReport } from '../pipeline/index.js';

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/** The answers to one query as text: a table, what the best cost is made of, and why the second lost. */
export function searchText({ query, matches, blocks, candidates, runnerUp }: SearchReport): string {
  const lines = [
    `query: ${query.clip} at ${query.time.toFixed(3)} s (frame ${query.frame}), ${candidates} candidates${query.inDatabase ? ', a clip of the database' : ''}`,
  ];
  if (matches.length === 0) return [...lines, 'No frame can be answered with.'].join('\n');
  const width = Math.max(4, ...matches.map(({ clipName }) => clipName.length));
  lines.push(
    '',
    `  #  ${'clip'.padEnd(width)}  ${'time s'.padStart(8)}  ${'frame'.padStart(6)}  ${'cost'.padStart(9)}`,
  );
  matches.forEach(({ clipName, time, frame, cost }, k) => {
    lines.push(
      `${String(k + 1).padStart(3)}  ${clipName.padEnd(width)}  ${time.toFixed(3).padStart(8)}  ${String(frame).padStart(6)}  ${cost.toFixed(4).padStart(9)}`,
    );
  });

  const [best, second] = matches;
  const bestSum = best.costOfBlocks.reduce((a, b) => a + b, 0);
  const nameWidth = Math.max(...blocks.map(({ name }) => name.length));
  lines.push('', `what the cost is made of${second ? ', and what the second has more of it' : ''}`);
  blocks.forEach(({ name }, k) => {
    const share = bestSum > 0 ? best.costOfBlocks[k] / bestSum : 0;
    lines.push(
      `  ${name.padEnd(nameWidth)}  ${best.costOfBlocks[k].toFixed(4).padStart(9)}  ${percent(share).padStart(5)}${runnerUp ? `  ${signed(runnerUp.costOfBlocks[k]).padStart(8)}` : ''}`,
    );
  });
  if (second && runnerUp) {
    const worst = runnerUp.costOfBlocks.indexOf(Math.max(...runnerUp.costOfBlocks));
    lines.push(
      '',
      `${second.clipName} at ${second.time.toFixed(3)} s lost by ${runnerUp.cost.toFixed(4)}, most of all in ${blocks[worst].name} (${signed(runnerUp.costOfBlocks[worst])})`,
    );
  }
  return lines.join('\n');
}
