/**
 * `npm run bench -- formats [--json] [--rounds 7] [--plot FILE]`: measures what tests never assert, speed, against bars.
 *
 * The code that is measured is the built dist/; each folder of tests/bench with a bench.mjs is a bench.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

const FOLDER = join(ROOT, 'tests', 'bench');
const NAMES = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'bench.mjs')));

/** Ends with exit code 2 where the words are no bench and no flags of it. */
function readWords() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '7' },
        plot: { type: 'string' },
      },
    });
    const rounds = Number(values.rounds);
    if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds wants a whole number above 0');
    if (positionals.length !== 1 || !NAMES.includes(positionals[0]))
      throw new Error(`one bench is wanted: ${NAMES.join(', ')}`);
    return { name: positionals[0], json: values.json, rounds, plot: values.plot };
  } catch (error) {
    console.error(
      `${error.message}\nusage: npm run bench -- ${NAMES.join('|')} [--json] [--rounds 7] [--plot FILE]`,
    );
    process.exit(2);
  }
}

/** `held` or `MISSED` where a row has a bar. */
function verdict({ bar, ours }) {
  if (!bar) return '';
  const held = 'atLeast' in bar ? ours >= bar.atLeast : ours <= bar.atMost;
  return `${'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`} ${held ? 'held' : 'MISSED'}`;
}

const figure = (value) => (value === undefined ? '' : value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function printTable(rows, rival) {
  const cells = [
    ['what', 'input', 'ours', rival, 'unit', 'bar'],
    ...rows.map((row) =>
      row.skipped
        ? [row.what, row.input, 'skipped', '', '', row.skipped]
        : [row.what, row.input, figure(row.ours), figure(row.theirs ?? row.three), row.unit, verdict(row)],
    ),
  ];
  const widths = cells[0].map((_, c) => Math.max(...cells.map((line) => line[c].length)));
  for (const line of cells)
    console.log(
      line
        .map((cell, c) => (c === 2 || c === 3 ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
        .join('  ')
        .trimEnd(),
    );
}

const { name, json, rounds, plot } = readWords();
ensureInstalled();
ensureBuilt();
const { bench, rival = 'three' } = await import(pathToFileURL(join(FOLDER, name, 'bench.mjs')).href);
const rows = await bench({ rounds, plot });
if (json) {
  const machine = { node: process.version, platform: process.platform, arch: process.arch };
  console.log(JSON.stringify({ bench: name, rounds, machine, rows }, null, 1));
} else printTable(rows, rival);
