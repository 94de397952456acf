/** Types of the library and its tests, and of the preview app where it is there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runBin } from './setup.mjs';

runBin('typescript/bin/tsc', ['-p', 'tsconfig.json']);
if (existsSync(join(ROOT, 'src/preview/app/tsconfig.json')))
  runBin('typescript/bin/tsc', ['-p', 'src/preview/app/tsconfig.json']);
