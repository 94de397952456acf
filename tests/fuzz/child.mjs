/** A process that checks inputs one after the other and tells its parent of each before it begins the next. */
import { makeInput } from './make-input.mjs';
import { seedFiles } from './seeds.mjs';

const MIB = 2 ** 20;
const seedsOf = {};

const tell = (message) =>
  new Promise((done, fail) => process.send(message, (error) => (error ? fail(error) : done())));

/** One input: what came of it, CPU milliseconds, and by how many MiB the process grew. */
async function runOne(check, bytes) {
  const rss = process.memoryUsage.rss() / MIB;
  const before = process.resourceUsage().maxRSS / 1024;
  const cpu = process.cpuUsage();
  let result;
  try {
    result = { outcome: await check(bytes) };
  } catch (error) {
    result = { outcome: 'fault', error: error instanceof Error ? error.stack : String(error) };
  }
  const { user, system } = process.cpuUsage(cpu);
  const after = process.resourceUsage().maxRSS / 1024;
  return { ...result, ms: (user + system) / 1000, mib: after > before ? after - rss : 0 };
}

process.on('message', async ({ checkFile, format, seed, first, count, file }) => {
  const { check } = await import(checkFile);
  if (file) {
    const { readFileSync } = await import('node:fs');
    await tell({ index: 0, what: file, ...(await runOne(check, readFileSync(file))) });
  } else {
    seedsOf[format] ??= await seedFiles(format);
    for (let index = first; index < first + count; index++) {
      const { bytes, what } = makeInput(format, seedsOf[format], seed, index);
      await tell({ index, what, begun: true });
      await tell({ index, what, ...(await runOne(check, bytes)) });
    }
  }
  await tell({ done: true });
});
