/**
 * `npm run fuzz -- [--minutes 5 | --count 20000] [--format fbx] [--seed 7] [--jobs 2]`: damaged files of every
 * format through the readers; or one file again: `npm run fuzz -- --repro FILE`.
 *
 * Each input must give a clip or an error with a code, soon and in bounded memory. Exit code 1 where one did not.
 */
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

const FORMATS = ['bvh', 'fbx', 'gltf', 'gwclip'];
const USAGE = `usage: npm run fuzz -- [--minutes N | --count N] [--format ${FORMATS.join('|')}] [--seed N] [--first N] [--jobs N] [--json]
       npm run fuzz -- --repro FILE`;

function readWords() {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string' },
        count: { type: 'string' },
        format: { type: 'string', multiple: true, default: FORMATS },
        seed: { type: 'string', default: '1' },
        first: { type: 'string', default: '0' },
        jobs: { type: 'string', default: String(Math.min(4, availableParallelism())) },
        json: { type: 'boolean', default: false },
        repro: { type: 'string' },
      },
    });
    const number = (name, least, whole = true) => {
      const value = Number(values[name]);
      if (!(value >= least) || (whole && !Number.isInteger(value)))
        throw new Error(
          `--${name} wants a ${whole ? 'whole ' : ''}number of at least ${least}, not "${values[name]}"`,
        );
      return value;
    };
    const stray = values.format.find((format) => !FORMATS.includes(format));
    if (stray !== undefined) throw new Error(`--format wants one of ${FORMATS.join(', ')}, not "${stray}"`);
    if (values.minutes !== undefined && values.count !== undefined)
      throw new Error('--minutes and --count exclude each other');
    return {
      formats: values.format,
      seed: number('seed', 0),
      first: number('first', 0),
      jobs: number('jobs', 1),
      json: values.json,
      repro: values.repro,
      ...(values.minutes !== undefined && { minutes: number('minutes', 0, false) }),
      ...(values.count !== undefined && { count: number('count', 1) }),
      ...(values.minutes === undefined && values.count === undefined && { count: 1000 }),
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function printTable(table) {
  const cells = [
    ['format', 'inputs', 'opened', 'refused', 'faults', 'worst ms', 'peak MiB'],
    ...table.map((row) => [
      row.format,
      ...[row.inputs, row.opened, Object.values(row.refused).reduce((sum, n) => sum + n, 0), row.faults],
      ...[row.worstMs.toFixed(0), row.peakMib.toFixed(0)],
    ]),
  ].map((line) => line.map(String));
  const widths = cells[0].map((_, c) => Math.max(...cells.map((line) => line[c].length)));
  for (const line of cells) console.log(line.map((cell, c) => cell.padStart(widths[c])).join('  '));
  for (const { format, refused } of table) {
    const codes = Object.entries(refused).sort((a, b) => b[1] - a[1]);
    console.log(`${format} refused: ${codes.map(([code, n]) => `${code} ${n}`).join(', ') || 'none'}`);
  }
}

const { json, repro, ...options } = readWords();
ensureInstalled();
ensureBuilt();
const { fuzz, fuzzOne } = await import(pathToFileURL(join(ROOT, 'tests/fuzz/fuzz.mjs')).href);
if (repro !== undefined) {
  const { outcome, ms, mib, fault } = await fuzzOne(resolve(repro));
  console.log(fault ?? `${outcome}, ${ms.toFixed(0)} ms, grew by ${mib.toFixed(0)} MiB`);
  process.exitCode = fault ? 1 : 0;
} else {
  let told = 0;
  const { table, findings } = await fuzz({
    ...options,
    saveIn: join(tmpdir(), 'gaitway-fuzz'),
    onProgress: (rows) => {
      if (Date.now() - told < 5000) return;
      told = Date.now();
      console.error(
        rows.map(({ format, inputs, faults }) => `${format} ${inputs} (${faults} faults)`).join('  '),
      );
    },
  });
  if (json) console.log(JSON.stringify({ seed: options.seed, table, findings }, null, 1));
  else {
    printTable(table);
    for (const { format, seed, index, inputs, what, error, file } of findings)
      console.log(
        `\nFOUND ${format}, seed ${seed}, input ${index} (and ${inputs - 1} alike): ${what}\n${error.split('\n').slice(0, 6).join('\n')}\n  again: npm run fuzz -- --repro ${file}`,
      );
  }
  process.exitCode = findings.length > 0 ? 1 : 0;
}
