/** Runs damaged files through child processes, ends those that hang, and keeps what was found. */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeInput } from './make-input.mjs';
import { seedFiles } from './seeds.mjs';

const HERE = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const SLICE = 200;
const ENDING = { bvh: 'bvh', fbx: 'fbx', gltf: 'glb', gwclip: 'gwclip' };

/** How long a process may take to start and to load its files. */
const START_MS = 120_000;

/** What is asked of every input. */
export const LIMITS = { cpuMs: 2000, mib: 1024, hangMs: 30_000 };

/** Which of the rules an answer breaks, in words; undefined where none. */
function faultOf({ outcome, error, ms, mib }, limits) {
  if (outcome === 'fault') return error;
  const broken = [];
  if (ms > limits.cpuMs)
    broken.push(`took ${ms.toFixed(0)} ms of CPU time; at most ${limits.cpuMs} are allowed`);
  if (mib > limits.mib) broken.push(`grew by ${mib.toFixed(0)} MiB; at most ${limits.mib} are allowed`);
  return broken.length > 0 ? `${broken.join('; ')} (${outcome})` : undefined;
}

/** A child that works through slices; a new process takes over where one dies. */
function openChild({ checkFile, limits, onAnswer }) {
  let child;
  const start = () => {
    child = fork(join(HERE, 'child.mjs'), {
      execArgv: ['--max-old-space-size=2048'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return child;
  };
  /** Gives the number behind the last input that was finished, or killed. */
  const run = (job) =>
    new Promise((done) => {
      const process_ = child ?? start();
      let at = { index: job.first, what: job.file ?? 'the first input of a slice' };
      let timer;
      let why;
      let text = '';
      const watch = (ms) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          why = `hung: nothing was heard for ${ms} ms`;
          process_.kill('SIGKILL');
        }, ms);
      };
      const onText = (part) => {
        text = (text + part).slice(-4000);
      };
      const finish = (next) => {
        clearTimeout(timer);
        process_.off('message', onMessage).off('exit', onExit);
        process_.stderr.off('data', onText);
        done(next);
      };
      const onMessage = (message) => {
        watch(limits.hangMs);
        if (message.done) return finish(job.first + job.count);
        at = message;
        if (!message.begun) onAnswer(job, message);
      };
      const onExit = (code, signal) => {
        // A dead process may count as connected for a while.
        child = undefined;
        const error = why ?? `the process ended (${signal ?? `exit code ${code}`})\n${text}`;
        onAnswer(job, { ...at, outcome: 'fault', error, ms: 0, mib: 0 });
        finish(at.index + 1);
      };
      process_.on('message', onMessage).on('exit', onExit);
      process_.stderr.on('data', onText);
      watch(START_MS);
      process_.send({ checkFile, ...job });
    });
  return { run, close: () => child?.kill() };
}

/** The line of a fault that tells it from others: its first one, without numbers, and where it was thrown. */
function signatureOf(error) {
  const lines = error.split('\n');
  const place =
    lines.find((line) => /^\s+at /.test(line))?.replace(/.*?((?:dist|tests)[/\\][^)]*)\)?$/, '$1') ?? '';
  return `${lines[0].replaceAll(/\d[\d.]*/g, 'N').slice(0, 160)} ${place}`.trim();
}

/**
 * Checks inputs of each format until `count` of each are done or `minutes` are over.
 *
 * Gives `{table, findings}`: a row a format, and a finding for each kind of fault with the number of inputs that
 * show it, and the first of them saved below `saveIn`. `onProgress` hears of the table now and then.
 */
export async function fuzz(options) {
  const {
    formats,
    seed,
    first = 0,
    count = Number.POSITIVE_INFINITY,
    minutes = Number.POSITIVE_INFINITY,
  } = options;
  const {
    jobs = 1,
    saveIn,
    limits = LIMITS,
    checkFile = new URL('./check.mjs', import.meta.url).href,
  } = options;
  const until = Date.now() + minutes * 60_000;
  const table = Object.fromEntries(
    formats.map((format) => [
      format,
      { format, inputs: 0, opened: 0, faults: 0, refused: {}, worstMs: 0, peakMib: 0 },
    ]),
  );
  const findings = new Map();

  const onAnswer = (job, answer) => {
    const row = table[job.format];
    row.inputs++;
    row.worstMs = Math.max(row.worstMs, answer.ms);
    row.peakMib = Math.max(row.peakMib, answer.mib);
    const error = faultOf(answer, limits);
    if (error === undefined) {
      if (answer.outcome === 'opened') row.opened++;
      else row.refused[answer.outcome] = (row.refused[answer.outcome] ?? 0) + 1;
      return;
    }
    row.faults++;
    const key = `${job.format} ${signatureOf(error)}`;
    const known = findings.get(key);
    if (known) known.inputs++;
    else
      findings.set(key, {
        format: job.format,
        seed,
        index: answer.index,
        what: answer.what,
        error,
        inputs: 1,
        signature: key,
      });
  };

  const next = Object.fromEntries(formats.map((format) => [format, first]));
  let turn = 0;
  /** The next slice: formats take turns, so that a run by time gives each its share. */
  const nextJob = () => {
    if (Date.now() >= until) return undefined;
    for (let n = 0; n < formats.length; n++) {
      const format = formats[turn++ % formats.length];
      const left = first + count - next[format];
      if (left <= 0) continue;
      const job = { format, seed, first: next[format], count: Math.min(SLICE, left) };
      next[format] += job.count;
      return job;
    }
    return undefined;
  };
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      const child = openChild({ checkFile, limits, onAnswer });
      for (let job = nextJob(); job; job = nextJob()) {
        for (let at = job.first; at < job.first + job.count; )
          at = await child.run({ ...job, first: at, count: job.first + job.count - at });
        options.onProgress?.(Object.values(table));
      }
      child.close();
    }),
  );
  for (const finding of findings.values()) finding.file = await save(finding, saveIn);
  return { table: Object.values(table), findings: [...findings.values()] };
}

/** Checks one file. */
export async function fuzzOne(file, limits = LIMITS) {
  let answer;
  const child = openChild({
    checkFile: new URL('./check.mjs', import.meta.url).href,
    limits,
    onAnswer: (_, found) => {
      answer = found;
    },
  });
  await child.run({ file, first: 0, count: 1 });
  child.close();
  return { ...answer, fault: faultOf(answer, limits) };
}

async function save({ format, seed, index, what, error }, folder) {
  mkdirSync(folder, { recursive: true });
  const { bytes } = makeInput(format, await seedFiles(format), seed, index);
  const file = join(folder, `${format}-seed${seed}-${index}.${ENDING[format]}`);
  writeFileSync(file, bytes);
  writeFileSync(`${file}.txt`, `${what}\n\n${error}\n`);
  return file;
}
