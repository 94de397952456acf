/** Tries damaged files, one after another, in a thread that may be killed: what it is at stands in shared memory. */
import { parentPort, workerData } from 'node:worker_threads';
import { damagedFile } from './damaged-file.mjs';
import { seedFiles } from './seed-files.mjs';
import { tryFile } from './try-file.mjs';

const { format, seed, begin, step, count, until, at } = workerData;
const progress = new Int32Array(at);
const seeds = await seedFiles(format);
for (let index = begin; index < count && Date.now() < until; index += step) {
  const { bytes } = damagedFile(format, seeds, seed, index);
  Atomics.store(progress, 0, index);
  Atomics.store(progress, 1, Math.round(performance.now()));
  const result = await tryFile(bytes);
  Atomics.store(progress, 1, 0);
  parentPort.postMessage({ index, ...result });
}
