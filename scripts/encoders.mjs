/**
 * `npm run encoders -- --manifest FILE --out FOLDER [--epochs 12] [--seeds 1,2] [--encoders mlp,lenet] [--play-seconds 300]`:
 * trains encoders on the same budget and compares them; `--objectives` compares what networks may learn beside prediction.
 *
 * Each gets a folder below --out and is not trained again where it has one, so that a run that was stopped goes on.
 * Writes `table.md`, `scores.json` and `curves.svg` beside the folders.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, ROOT, run } from './setup.mjs';

const USAGE =
  'usage: npm run encoders -- --manifest FILE --out FOLDER [--epochs N] [--seeds 1,2] [--encoders a,b | --objectives] [--play-seconds N]';

function readWords() {
  try {
    const { values } = parseArgs({
      options: {
        manifest: { type: 'string' },
        out: { type: 'string' },
        epochs: { type: 'string', default: '12' },
        seeds: { type: 'string', default: '1' },
        encoders: { type: 'string' },
        'play-seconds': { type: 'string', default: '300' },
        objectives: { type: 'boolean', default: false },
      },
    });
    const { manifest, out, epochs, seeds, encoders, objectives } = values;
    if (manifest === undefined || out === undefined) throw new Error('--manifest and --out are wanted');
    if (objectives && encoders !== undefined)
      throw new Error('--encoders and --objectives exclude each other');
    const playSeconds = Number(values['play-seconds']);
    if (!(playSeconds >= 0)) throw new Error('--play-seconds wants a number of at least 0');
    return {
      manifest,
      out,
      epochs,
      seeds: seeds.split(','),
      encoders: encoders?.split(','),
      objectives,
      playSeconds,
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

const { manifest, out, epochs, seeds, encoders, objectives, playSeconds } = readWords();
ensureInstalled();
ensureBuilt();
const { ENCODER_KINDS } = await import('../dist/pipeline/index.js');
const { OBJECTIVES } = await import('./encoders/objectives.mjs');
const { openRetrieval } = await import('./encoders/retrieval.mjs');
const { playOf, queryMicros } = await import('./encoders/use.mjs');
const { tableOf } = await import('./encoders/table.mjs');
const { curvesDrawing } = await import('./encoders/curves.mjs');

mkdirSync(out, { recursive: true });
const contestants = objectives
  ? OBJECTIVES
  : (encoders ?? ENCODER_KINDS).map((encoder) => ({ name: encoder, encoder, words: [] }));
const trained = [];
for (const { name, encoder, words } of contestants) {
  // The closed form draws nothing.
  for (const seed of encoder === 'linear' ? seeds.slice(0, 1) : seeds) {
    const folder = join(out, `${name.replaceAll(/[ -]+/g, '-')}-${seed}`);
    if (!existsSync(join(folder, 'encoder.gwenc'))) {
      const common = ['--manifest', manifest, '--encoder', encoder, '--seed', seed, '--epochs', epochs];
      run(process.execPath, [
        join(ROOT, 'dist', 'cli', 'main.js'),
        'train',
        ...common,
        ...words,
        '--out',
        folder,
      ]);
    }
    const record = JSON.parse(readFileSync(join(folder, 'train.json'), 'utf8'));
    trained.push({ name: seeds.length > 1 ? `${name}, seed ${seed}` : name, folder, record });
  }
}
const retrieval = await openRetrieval(manifest);
for (const one of trained) {
  console.error(`encodes with ${one.name}`);
  await retrieval.add(one.name, one.folder);
}
const skill = retrieval.scores();
const rows = [];
for (const one of trained) {
  console.error(`plays ${one.name}`);
  rows.push({
    name: one.name,
    seconds: one.record.seconds,
    ...(one.record.pretrained && { pretrained: one.record.pretrained }),
    skill: skill.of(one.name),
    query: await queryMicros(one.folder),
    play: playSeconds > 0 ? await playOf(manifest, one.folder, playSeconds) : undefined,
  });
}
const handMade = {
  name: 'hand-made features',
  skill: skill.handMade,
  play: playSeconds > 0 ? await playOf(manifest, undefined, playSeconds) : undefined,
};
const table = tableOf([handMade, ...rows]);
writeFileSync(join(out, 'table.md'), table);
writeFileSync(
  join(out, 'scores.json'),
  `${JSON.stringify({ epochs, playSeconds, rows: [handMade, ...rows] }, null, 1)}\n`,
);
writeFileSync(join(out, 'curves.svg'), curvesDrawing(trained));
console.log(table);
