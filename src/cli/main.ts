#!/usr/bin/env node
import { runCli } from './program.js';

const abort = new AbortController();
process.once('SIGINT', () => {
  process.stderr.write('\ncancelling… (again to end at once)\n');
  abort.abort();
});
// A reader that closes early (| head) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  env: process.env,
  interactive: process.stderr.isTTY === true,
  signal: abort.signal,
});
