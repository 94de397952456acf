/** `npm test`: sets itself up (packages, build), then runs all tests; further arguments go to Vitest. */
import { ensureBuilt, ensureInstalled, runBin } from './setup.mjs';

ensureInstalled();
ensureBuilt();
runBin('vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
