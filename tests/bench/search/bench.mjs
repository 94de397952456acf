/** The bench of `motion/search/`: microseconds a query, beside Holden's boxes in plain JavaScript and in C++. */
import { writeFileSync } from 'node:fs';
import { makeSearch, rowOfFrame } from '../../../dist/motion/index.js';
import { costPlot } from './cost-plot.mjs';
import { drivenQueries } from './driven-queries.mjs';
import { grownDatabase } from './grown-database.mjs';
import { holdenSearch } from './holden.mjs';
import { nativeHolden } from './holden-native.mjs';
import { leastTimes } from './least-times.mjs';
import { memoryRoof } from './memory-roof.mjs';
import { motionClips } from './motion-clips.mjs';

/** What the other column of the table is. */
export const rival = 'C++';

const BARS = {
  50000: { exact: 10, boxes: 20, times: 8 },
  600000: { exact: 35, boxes: 160, times: 15 },
  5000000: { exact: 350, boxes: 2500, times: 15 },
};
const SIZES = [50_000, 150_000, 600_000, 1_500_000, 5_000_000];
const QUERIES = 5000;
/** Above this, fewer of the queries are timed: a full scan of five million rows takes as long as a hundred searches. */
const LARGE = 1_000_000;
const TIMED_OF_LARGE = 1000;
const SCANS = 40;

/** Rows as in the bench of `formats/`; with `plot`, an SVG of how costs grow is written there. */
export async function bench({ rounds, plot }) {
  const clips = await motionClips();
  if (!clips) return [{ what: 'search', input: 'real motion', skipped: 'no ../shared/data' }];
  const measured = [];
  for (const size of SIZES)
    measured.push(await measure(clips, size, size > LARGE ? Math.min(rounds, 3) : rounds));
  if (plot) writeFileSync(plot, costPlot(measured));
  return measured.flatMap(rowsOf);
}

async function measure(clips, size, rounds) {
  const database = grownDatabase(clips, size);
  // In time of the processor: others on the machine make a second-long run take longer, and nothing evens that out.
  let buildSeconds = Infinity;
  let search;
  for (let k = 0; k < (size > LARGE ? 2 : 4); k++) {
    search = undefined; // the one before may go
    const begun = process.cpuUsage();
    search = makeSearch(database);
    const { user, system } = process.cpuUsage(begun);
    buildSeconds = Math.min(buildSeconds, (user + system) / 1e6);
  }
  const queries = drivenQueries(database, clips.layout, search, QUERIES);
  const timed = queries.slice(0, size > LARGE ? TIMED_OF_LARGE : QUERIES);
  const continuing = timed.map((query) => (query.continuing ? rowOfFrame(database, query.continuing) : -1));
  const ranges = rangesOf(database);
  const holden = holdenSearch(database, ranges);
  const native = nativeHolden(
    database,
    ranges,
    timed.map(({ row }) => row),
    continuing,
  );
  const find = (mode, unrealBiases = false) => {
    // Plain literals: what rest and spread make is read slowly.
    const options = queries.map(({ continuing }) =>
      continuing ? { continuing, mode, unrealBiases } : { mode, unrealBiases },
    );
    return (i) => search.find(queries[i].row, options[i])[0];
  };
  const rowsFound = (answer) => queries.map((_, i) => answer(i).row);
  const best = rowsFound(find('brute'));
  const bestOfUnreal = rowsFound(find('vp-tree', true));
  const roof = await memoryRoof(4 * 28 * search.candidateCount);
  const runs = {
    exact: [timed.length, find('vp-tree')],
    boxes: [timed.length, find('boxes')],
    unreal: [timed.length, find('unreal', true)],
    plain: [timed.length, (i) => holden(queries[i].row, continuing[i])],
    brute: [SCANS, find('brute')],
    roof: [SCANS, roof],
  };
  const times = Object.fromEntries(Object.entries(runs).map(([name, [count]]) => [name, leastTimes(count)]));
  const nativeTimes = leastTimes(timed.length);
  let nativeAnswers;
  for (let round = 0; round < rounds; round++) {
    for (const [name, [, run]] of Object.entries(runs)) times[name].pass(run);
    if (!native) continue;
    const ran = native.run();
    nativeTimes.add(ran.micros);
    nativeAnswers = ran.answers;
  }
  native?.close();
  const share = (found, wanted = best) => found.filter((row, i) => row === wanted[i]).length / found.length;
  return {
    size,
    realCount: database.realCount,
    candidates: search.candidateCount,
    queries: queries.length,
    buildSeconds,
    micros: Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time.summary()])),
    native: native && nativeTimes.summary(),
    recall: {
      exact: share(rowsFound(runs.exact[1])),
      boxes: share(rowsFound(runs.boxes[1])),
      unreal: share(rowsFound(runs.unreal[1]), bestOfUnreal),
      plain: share(timed.map(({ row }, i) => holden(row, continuing[i]))),
      ...(nativeAnswers && { native: share([...nativeAnswers]) }),
    },
  };
}

/** Runs of frames that may be answered with; none goes on from one clip into the next. */
function rangesOf({ clips, valid }) {
  const ranges = [];
  for (const { start, frameCount } of clips) {
    for (let row = start; row < start + frameCount; row++) {
      if (valid[row] !== 1) continue;
      const from = row;
      while (row < start + frameCount && valid[row] === 1) row++;
      ranges.push({ from, to: row });
    }
  }
  return ranges;
}

function rowsOf({ size, realCount, candidates, queries, buildSeconds, micros, native, recall }) {
  const bars = BARS[size];
  const copies = realCount < size ? `, ${Math.round((100 * realCount) / size)} % real` : ', all real';
  const input = `${size >= 1e6 ? `${size / 1e6} M` : `${size / 1e3} k`} frames${copies}`;
  const row = (what, ours, unit, bar, theirs) => ({
    what,
    input,
    ours,
    unit,
    ...(theirs !== undefined && { theirs }),
    ...(bar && { bar }),
  });
  const rows = [
    row('exact (vp-tree), mean', micros.exact.mean, 'µs', bars && { atMost: bars.exact }, native?.mean),
    row('exact, median', micros.exact.p50, 'µs', undefined, native?.p50),
    row('exact, 99th of 100', micros.exact.p99, 'µs', undefined, native?.p99),
    row(`exact, recall on ${queries} queries`, recall.exact, '', { atLeast: 1 }, recall.native),
    row('boxes, mean', micros.boxes.mean, 'µs', bars && { atMost: bars.boxes }),
    row('boxes, recall', recall.boxes, '', { atLeast: 1 }),
    row('plain Holden boxes in JavaScript, mean', micros.plain.mean, 'µs'),
    row('times as fast as plain Holden boxes', micros.plain.mean / micros.exact.mean, '×'),
    row('plain Holden boxes, recall', recall.plain, '', { atLeast: 1 }),
    row('brute force, mean', micros.brute.mean, 'µs'),
    row('brute force / reading the same bytes', micros.brute.mean / micros.roof.mean, '×', { atMost: 1.5 }),
    row('Unreal’s search, mean', micros.unreal.mean, 'µs'),
    row('Unreal’s search, recall', recall.unreal, ''),
    row(`index of ${candidates} frames, seconds a million`, (1e6 * buildSeconds) / size, 's', { atMost: 1 }),
  ];
  if (native) {
    const bar = bars && { atLeast: bars.times };
    rows.splice(3, 0, row('exact, times as fast as C++', native.mean / micros.exact.mean, '×', bar));
  }
  return rows;
}
