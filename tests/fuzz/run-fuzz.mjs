import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { damagedFile } from './damaged-file.mjs';
import { seedFiles } from './seed-files.mjs';

/** No file may take longer to be opened or refused. */
const LONGEST_MS = 2000;
/** Nor make the process grow by more. */
const MOST_GROWTH_BYTES = 2 ** 30;
const WATCH_EVERY_MS = 50;

/**
 * Tries `count` damaged files of a format (or as many as fit before `until`) on some threads.
 *
 * Gives the counts by outcome, the slowest file, the largest growth, and what was found: files that hang, grow,
 * or crash with anything but an error by code. Each finding is written to a file.
 */
export async function runFuzz({
  format,
  seed,
  count,
  until = Number.POSITIVE_INFINITY,
  threads = 2,
  onProgress,
}) {
  const report = {
    format,
    seed,
    tried: 0,
    opened: 0,
    refused: new Map(),
    worstMs: 0,
    worstGrowthBytes: 0,
    findings: [],
  };
  const seeds = await seedFiles(format);
  let folder;
  const keep = (index, what) => {
    folder ??= mkdtempSync(join(tmpdir(), 'gaitway-fuzz-'));
    const { name, bytes } = damagedFile(format, seeds, seed, index);
    const path = join(folder, `${format}-${seed}-${index}`);
    writeFileSync(path, bytes);
    report.findings.push({ index, from: name, file: path, what });
  };
  const note = (result) => {
    report.tried++;
    report.worstMs = Math.max(report.worstMs, result.ms);
    if (result.state === 'opened') report.opened++;
    else if (result.state === 'refused')
      report.refused.set(result.code, (report.refused.get(result.code) ?? 0) + 1);
    else keep(result.index, result.error);
    if (result.ms > LONGEST_MS) keep(result.index, `took ${Math.round(result.ms)} ms`);
    onProgress?.(report);
  };
  await Promise.all(
    Array.from({ length: threads }, (_, t) =>
      runThread({ format, seed, begin: t, step: threads, count, until }, note, keep, report),
    ),
  );
  return report;
}

/** A thread that goes through every `step`-th file; a killed one is begun again behind the file that hung. */
async function runThread(job, note, keep, report) {
  for (let begin = job.begin; begin < job.count && Date.now() < job.until; ) {
    const at = new SharedArrayBuffer(8);
    const progress = new Int32Array(at);
    // Nothing is begun yet; should the thread end now, it is begun again at the same file.
    progress[0] = begin - job.step;
    const base = process.memoryUsage().rss;
    const worker = new Worker(new URL('./fuzz-worker.mjs', import.meta.url), {
      workerData: {
        ...job,
        begin,
        until: Number.isFinite(job.until) ? job.until : Number.MAX_SAFE_INTEGER,
        at,
      },
    });
    worker.on('message', note);
    let killed;
    let seen = -1;
    let seenSince = Date.now();
    const watch = setInterval(() => {
      const index = Atomics.load(progress, 0);
      const isBusy = Atomics.load(progress, 1) !== 0;
      const growth = process.memoryUsage().rss - base;
      report.worstGrowthBytes = Math.max(report.worstGrowthBytes, growth);
      if (index !== seen || !isBusy) {
        seen = index;
        seenSince = Date.now();
      }
      const isHung = Date.now() - seenSince > 2 * LONGEST_MS;
      if (killed === undefined && (isHung || growth > MOST_GROWTH_BYTES)) {
        killed = index;
        keep(
          index,
          isHung ? `hung for ${Date.now() - seenSince} ms` : `grew by ${Math.round(growth / 2 ** 20)} MiB`,
        );
        worker.terminate();
      }
    }, WATCH_EVERY_MS);
    const crash = await new Promise((resolve) => {
      worker.on('error', resolve);
      worker.on('exit', () => resolve(undefined));
    });
    clearInterval(watch);
    if (crash !== undefined) {
      killed = Atomics.load(progress, 0);
      keep(killed, `ended its thread: ${crash instanceof Error ? crash.stack : String(crash)}`);
    }
    if (killed === undefined) return;
    begin = killed + job.step;
  }
}
