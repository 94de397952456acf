/**
 * `npm run demo`: the whole way once, on clips that Gaitway makes itself.
 *
 * Sets itself up, makes a sample Unreal project in out/demo, opens it in the stand-in editor, and runs
 * init, doctor, inspect, retarget, train, encode, build, evaluate, simulate and push as a user would. Ends with a table
 * of what was made, the scores, and the addresses of report and preview; `--serve` keeps the preview open.
 */
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, ROOT, run } from './setup.mjs';

const started = Date.now();
const serve = process.argv.includes('--serve');
const project = join(ROOT, 'out', 'demo', 'GaitwaySample');

ensureInstalled();
ensureBuilt();
const { runCli } = await import(pathToFileURL(join(ROOT, 'dist/cli/program.js')).href);

rmSync(project, { recursive: true, force: true });
cpSync(join(ROOT, 'samples/project/GaitwaySample'), project, { recursive: true });
run(process.execPath, [join(ROOT, 'samples/generate.mjs'), '--out', join(project, 'Mocap'), '--seed', '1']);

process.chdir(project);
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

/** Runs a command in the project folder as a user would, showing it; gives its JSON document. */
async function gaitway(...words) {
  console.log(`\n$ gaitway ${words.join(' ')}`);
  const begun = Date.now();
  const documents = [];
  const code = await runCli([...words, '--json'], {
    print: (text) => documents.push(text),
    note: (text) => console.log(`  ${text}`),
    env: process.env,
    interactive: false,
    signal: stopping.signal,
  });
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(documents.join('\n'));
    throw new Error(`gaitway ${words[0]} ended with exit code ${code}`);
  }
  console.log(`  done in ${seconds} s`);
  return JSON.parse(documents.join('\n'));
}

/** Starts the stand-in editor on a free port and gives the port and how to end it. */
function openStandInEditor() {
  console.log('\nOpening the project in the stand-in editor (not Unreal; it runs the real plugin) …');
  const editor = spawn(
    process.execPath,
    [join(ROOT, 'dist/cli/main.js'), 'editor', '--project', project, '--port', '0', '--json'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const port = new Promise((done, fail) => {
    let text = '';
    editor.stdout.on('data', (part) => {
      text += part;
      if (text.includes('\n')) done(JSON.parse(text.slice(0, text.indexOf('\n'))).port);
    });
    editor.once('exit', (code) => fail(new Error(`the stand-in editor ended with exit code ${code}`)));
  });
  return { port, close: () => editor.kill('SIGINT') };
}

/** A path as seen from the project's root. */
const here = (path) => relative(ROOT, path).replaceAll('\\', '/');

/** Rows as aligned columns. */
const table = (rows) => {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c]))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
};

const saved = (...names) => join(project, 'Saved', 'Gaitway', ...names);
const retargeted = saved('Retargeted');
const report = saved('retarget-report.html');
const scoreboard = saved('evaluation.html');
const encoder = saved('encoder');
const database = saved('motion.gwdb');
const playDatabase = saved('play.gwdb');
const unrealDatabase = saved('unreal.gwdb');
const manifest = join(retargeted, 'manifest.json');

await gaitway('init', '--yes');
const editor = openStandInEditor();
try {
  const port = String(await editor.port);
  const { findings } = await gaitway('doctor', '--port', port);
  for (const { check, found } of findings) console.log(`  ${check}: ${found}`);
  await gaitway('inspect', 'Mocap/tall_walk_neutral.bvh');
  const batch = await gaitway(
    'retarget',
    'Mocap',
    '--to',
    'ue5-mannequin',
    '--out',
    retargeted,
    '--format',
    'glb',
    '--report',
    report,
  );
  writeManifest();
  await gaitway('train', '--manifest', manifest, '--encoder', 'mlp', '--epochs', '4', '--out', encoder);
  await gaitway('encode', retargeted, '--encoder', encoder, '--out', saved('latents'));
  await gaitway('encode', retargeted, '--encoder', encoder, '--queries', '--out', saved('query-latents'));
  const built = await gaitway('build', retargeted, '--latents', saved('latents'), '--out', database);
  const evaluated = await gaitway(
    ...['evaluate', database, '--manifest', manifest, '--latents', saved('latents')],
    ...['--query-latents', saved('query-latents'), '--html', scoreboard],
  );
  await gaitway('build', retargeted, '--schema', 'ue54', '--out', unrealDatabase);
  await gaitway('build', retargeted, '--schema', 'holden', '--mirror', '--out', playDatabase);
  const played = await gaitway(
    ...['simulate', playDatabase, '--path', 'figure-eight', '--seconds', '20'],
    ...['--out', saved('played.glb'), '--html', saved('play.html')],
  );
  const pushed = await gaitway(
    ...['push', retargeted, unrealDatabase, '--to', '/Game/Gaitway', '--port', port],
  );
  await finish({ batch, built, evaluated, played, pushed });
} finally {
  editor.close();
}

/** The samples' list of clips, said of the retargeted ones: other files, one skeleton. */
function writeManifest() {
  const source = JSON.parse(readFileSync(join(project, 'Mocap', 'manifest.json'), 'utf8'));
  const [, unreal] = Object.entries(source.families).find(([name]) => /ue|unreal|short/i.test(name));
  const files = source.files.map((file) => ({
    ...file,
    name: file.name.replace(/\.[^.]+$/, '.glb'),
    skeleton_family: 'ue5-mannequin',
  }));
  writeFileSync(manifest, JSON.stringify({ families: { 'ue5-mannequin': unreal }, files }, null, 1));
}

async function finish({ batch, built, evaluated, played, pushed }) {
  const [{ scores: play }] = played.summary;
  const rows = [
    ['retargeted clips', `${batch.counts.done} files on the UE5 mannequin`, here(retargeted)],
    ['learned encoder', '16 numbers a moment', here(encoder)],
    [
      'motion database',
      `${built.frames} frames, ${Math.round(statSync(database).size / 1024)} KiB`,
      here(database),
    ],
    [
      'played motion',
      `a figure of eight, ${play.trajectory.meanCm.toFixed(1)} cm off, feet slide ${play.slide.locked.speedCm.toFixed(1)} cm/s`,
      here(saved('played.glb')),
    ],
    [
      'editor assets',
      `${pushed.clips.length} AnimSequences, a PoseSearch schema and database, read back and equal`,
      '/Game/Gaitway (stand-in editor)',
    ],
  ];
  console.log(`\n${table([['made', 'what', 'where'], ...rows])}`);
  const scores = evaluated.retrieval.methods.map(({ method, fpe, skill }) => [
    method.startsWith('latents') ? 'learned encoder' : method,
    fpe.toFixed(2),
    method.startsWith('random') ? '' : skill.toFixed(2),
  ]);
  console.log(`\n${table([['retrieval on held-out clips', 'error cm', 'skill'], ...scores])}`);
  console.log(`\nreports   ${here(report)}  ${here(scoreboard)}  ${here(saved('play.html'))}`);
  await showPreview();
  console.log(`\nAll of it in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/** Serves source and target side by side: until Ctrl-C with `--serve`, else just long enough to see that it answers. */
async function showPreview() {
  const words = [
    'preview',
    join(project, 'Mocap/tall_walk_neutral.bvh'),
    join(retargeted, 'tall_walk_neutral.glb'),
    '--no-open',
  ];
  const closing = new AbortController();
  stopping.signal.addEventListener('abort', () => closing.abort());
  await runCli([...words, '--json'], {
    print: (text) => {
      const { url } = JSON.parse(text);
      fetch(url).then(({ status }) => {
        console.log(
          `preview   ${url}  (answers ${status}${serve ? '; Ctrl-C ends it' : '; closed now, npm run demo -- --serve keeps it open'})`,
        );
        if (!serve) closing.abort();
      });
    },
    note: (text) => console.log(`  ${text}`),
    env: process.env,
    interactive: false,
    signal: closing.signal,
  });
}
