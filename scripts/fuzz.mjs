/**
 * `npm run fuzz`: damaged files without end, for the night.
 *
 *   npm run fuzz -- --minutes 5
 *   npm run fuzz -- --count 20000 --format fbx --seed 7
 *   npm run fuzz -- --repro <file>
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    count: { type: 'string' },
    format: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    repro: { type: 'string' },
  },
});
ensureInstalled();
ensureBuilt();
const { FORMATS } = await import('../tests/fuzz/formats.mjs');
const { runFuzz } = await import('../tests/fuzz/run-fuzz.mjs');

if (values.repro !== undefined) {
  const { tryFile } = await import('../tests/fuzz/try-file.mjs');
  console.log(await tryFile(readFileSync(values.repro)));
} else {
  const number = (name, otherwise) => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (value > 0) return value;
    console.error(`--${name}: a number above 0 is wanted, not "${values[name]}".`);
    process.exit(2);
  };
  const formats = values.format ?? Object.keys(FORMATS);
  const unknown = formats.find((format) => !(format in FORMATS));
  if (unknown !== undefined) {
    console.error(`--format: "${unknown}" is not fuzzed; ${Object.keys(FORMATS).join(', ')} are.`);
    process.exit(2);
  }
  const minutes = number('minutes', values.count === undefined ? 5 : Number.POSITIVE_INFINITY);
  const count = number('count', Number.POSITIVE_INFINITY);
  const reports = [];
  for (const format of formats) {
    let told = Date.now();
    const report = await runFuzz({
      format,
      seed: number('seed', 1),
      count: Number.isFinite(count) ? count : Number.MAX_SAFE_INTEGER,
      until: Date.now() + (minutes * 60_000) / formats.length,
      threads: Math.min(4, availableParallelism()),
      onProgress: ({ tried, findings }) => {
        if (Date.now() - told < 5000) return;
        told = Date.now();
        console.error(`${format}: ${tried} tried, ${findings.length} found`);
      },
    });
    reports.push(report);
  }
  for (const { format, tried, opened, refused, worstMs, worstGrowthBytes, findings } of reports) {
    const codes = [...refused].sort((a, b) => b[1] - a[1]);
    console.log(
      `${format.padEnd(7)} ${tried} files: ${opened} opened, ${tried - opened - findings.length} refused (${codes
        .slice(0, 6)
        .map(([code, times]) => `${code} ${times}`)
        .join(
          ', ',
        )}); slowest ${Math.round(worstMs)} ms, grew by ${Math.round(worstGrowthBytes / 2 ** 20)} MiB at most`,
    );
    for (const { index, from, file, what } of findings)
      console.log(
        `  FOUND in ${from}, number ${index}, kept as ${file}:\n    ${what.replaceAll('\n', '\n    ')}`,
      );
  }
  process.exitCode = reports.some(({ findings }) => findings.length > 0) ? 1 : 0;
}
