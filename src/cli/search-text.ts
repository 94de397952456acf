import type { SearchReport } from '../pipeline/index.js';
import { alignColumns } from './table.js';

type Channels = NonNullable<SearchReport['channels']>;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const right = (rows: readonly (readonly string[])[], from: number): string[][] => {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows.map((row) => row.map((cell, c) => (c < from ? cell : cell.padStart(widths[c]))));
};

/** The answers to one query as text: a table, what the best cost is made of, why the second lost, what Unreal finds. */
export function searchText(report: SearchReport): string {
  const { query, mode, matches, candidates } = report;
  const head = `query: ${query.clip} at ${query.time.toFixed(3)} s (frame ${query.frame}), ${candidates} candidates${query.inDatabase ? ', a clip of the database' : ''}${mode === 'unreal' ? ', as Unreal searches' : ''}`;
  if (matches.length === 0) return `${head}\nNo frame can be answered with.`;
  const rows = matches.map(({ clipName, time, frame, cost, bias }, k) => [
    `${k + 1}`,
    clipName,
    time.toFixed(3),
    `${frame}`,
    cost.toFixed(4),
    bias === 0 ? '' : `${signed(bias)} of it bias`,
  ]);
  const table = alignColumns(right([['#', 'clip', 'time s', 'frame', 'cost', ''], ...rows], 2));
  return [head, '', table, '', ...costText(report), ...lossText(report), ...unrealText(report)].join('\n');
}

function costText({ channels = [], runnerUp }: SearchReport): string[] {
  const sum = channels.reduce((total, { cost }) => total + cost, 0);
  const costs = rowsOf(channels);
  const more = runnerUp && rowsOf(runnerUp.channels);
  const rows = costs.map(({ label, cost }, k) => [
    label,
    cost.toFixed(4),
    percent(sum > 0 ? cost / sum : 0),
    more ? signed(more[k].cost) : '',
  ]);
  const title = ['what the cost is made of', 'best', 'share', runnerUp ? 'second has more' : ''];
  return [alignColumns(right([title, ...rows], 1))];
}

/** One row a channel, one a sample below it, and one a block where a sample has several; one row in all where it has one. */
function rowsOf(channels: Channels): { label: string; cost: number }[] {
  return channels.flatMap(({ channel, cost, samples }) => {
    const [first] = samples;
    if (samples.length === 1 && first.blocks.length === 1) return [{ label: first.blocks[0].name, cost }];
    return [
      { label: channel, cost },
      ...samples.flatMap((sample) => {
        if (sample.blocks.length === 1) return [{ label: `  ${sample.blocks[0].name}`, cost: sample.cost }];
        const when = sample.time === undefined ? 'over the clip' : `at ${Number(sample.time.toFixed(3))} s`;
        return [
          { label: `  ${when}`, cost: sample.cost },
          ...sample.blocks.map((block) => ({ label: `    ${block.name}`, cost: block.cost })),
        ];
      }),
    ];
  });
}

function lossText({ matches, runnerUp, blocks }: SearchReport): string[] {
  if (!runnerUp) return [];
  const { mostIn, bias, costOfBlocks, betterIn } = runnerUp;
  const most =
    mostIn === undefined
      ? `its bias (${signed(bias)})`
      : `${mostIn} (${signed(costOfBlocks[blocks.findIndex(({ name }) => name === mostIn)])})`;
  const better = betterIn.length > 0 ? `; it was better in ${betterIn.join(', ')}` : '';
  return [
    '',
    `${matches[1].clipName} at ${matches[1].time.toFixed(3)} s lost by ${runnerUp.cost.toFixed(4)}, most of all in ${most}${better}`,
  ];
}

function unrealText({ unreal }: SearchReport): string[] {
  if (!unreal) return [];
  const { pick, isBest, costMore, placeOfBest } = unreal;
  const found = `${pick.clipName} at ${pick.time.toFixed(3)} s`;
  return [
    '',
    isBest
      ? `Unreal's default search picks the best frame too: ${found}`
      : `Unreal's default search picks ${found}, which costs ${costMore.toFixed(4)} more: the best frame is number ${placeOfBest} by four principal components, and only the first 200 are compared`,
  ];
}
