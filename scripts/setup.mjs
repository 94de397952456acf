/** What the npm scripts need before they can run: packages installed, the project built. Plain Node, no packages. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** Runs a command with the terminal's own streams; ends this process with its code where it fails. */
export function run(command, args, options = {}) {
  const npm = command === 'npm' && process.env.npm_execpath;
  const [program, words] = npm ? [process.execPath, [process.env.npm_execpath, ...args]] : [command, args];
  const result = spawnSync(program, words, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: command === 'npm' && !npm && process.platform === 'win32',
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Runs a JavaScript file of an installed package. */
export const runBin = (file, args, options) =>
  run(process.execPath, [join(ROOT, 'node_modules', ...file.split('/')), ...args], options);

/** Installs packages where node_modules does not fit package-lock.json. */
export function ensureInstalled() {
  const stamp = join(ROOT, 'node_modules', '.gaitway-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing packages (npm ci) …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function newest(folder) {
  if (!existsSync(folder)) return 0;
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      time = Math.max(time, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  }
  return time;
}

/** Builds dist/ where a source is newer than the last build. */
export function ensureBuilt() {
  const stamp = join(ROOT, 'dist', '.built');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (
    built > 0 &&
    built >=
      Math.max(...['src', 'ue-plugin', 'samples/generator'].map((folder) => newest(join(ROOT, folder))))
  )
    return;
  run(process.execPath, [join(ROOT, 'scripts', 'build.mjs')]);
}
