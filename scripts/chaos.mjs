/**
 * `npm run chaos -- link [--faults 500] [--seed 1] [--python python3.11] [--json]`: pushes while the link goes wrong.
 *
 * Exit code 1 where a write was lost without a word, doubled, wrongly told of, or hung.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, ROOT } from './setup.mjs';

function readWords() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        faults: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        python: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length !== 1 || positionals[0] !== 'link')
      throw new Error('what to trouble is wanted: link');
    const [faults, seed] = [Number(values.faults), Number(values.seed)];
    if (!(Number.isInteger(faults) && faults > 0)) throw new Error('--faults wants a whole number above 0');
    if (!(Number.isInteger(seed) && seed >= 0)) throw new Error('--seed wants a whole number');
    return { faults, seed, python: values.python, json: values.json };
  } catch (error) {
    console.error(
      `${error.message}\nusage: npm run chaos -- link [--faults 500] [--seed 1] [--python PROGRAM] [--json]`,
    );
    process.exit(2);
  }
}

const { json, ...options } = readWords();
ensureInstalled();
ensureBuilt();
const load = (path) => import(pathToFileURL(join(ROOT, path)).href);
const { chaosLink } = await load('tests/chaos/link.mjs');
const bridge = await load('dist/bridge/index.js');
const { makeRate } = await load('dist/clip/index.js');
const { seededRandom } = await load('dist/math/random.js');
const plugin = join(ROOT, 'ue-plugin/Gaitway/Content/Python');
let told = 0;
const report = await chaosLink(
  { bridge, makeRate, seededRandom, plugin },
  {
    ...options,
    onProgress(done, total) {
      if (Date.now() - told < 5_000) return;
      told = Date.now();
      console.error(`${done} of ${total} faults`);
    },
  },
);
if (json) console.log(JSON.stringify({ ...options, ...report }, null, 1));
else {
  for (const { kind, faults } of report.kinds) console.log(`${String(faults).padStart(5)}  ${kind}`);
  console.log('pushes that ended so:');
  for (const { end, count } of report.pushes) console.log(`${String(count).padStart(5)}  ${end}`);
  console.log(`slowest push ${(report.slowestMs / 1000).toFixed(1)} s`);
  for (const finding of report.findings) console.log(`FOUND ${finding}`);
  console.log(`${report.findings.length} faults of the link found`);
}
process.exitCode = report.findings.length > 0 ? 1 : 0;
