/** Builds dist/: the library and command line by tsc, the preview app by Vite, and the plugin beside them. */
import { chmodSync, cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, ROOT, runBin } from './setup.mjs';

ensureInstalled();
rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
runBin('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
runBin('typescript/bin/tsc', ['-p', 'samples/tsconfig.json']);
if (existsSync(join(ROOT, 'src/preview/app/vite.config.ts'))) {
  runBin('vite/bin/vite.js', ['build', 'src/preview/app', '--logLevel', 'warn']);
}
const COPIED = { 'ue-plugin': 'ue-plugin', 'src/bridge/stand-in/python': 'bridge/stand-in/python' };
for (const [from, to] of Object.entries(COPIED)) {
  cpSync(join(ROOT, from), join(ROOT, 'dist', to), {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
}
chmodSync(join(ROOT, 'dist/cli/main.js'), 0o755);
writeFileSync(join(ROOT, 'dist/.built'), '');
