/** Lint, types, layer rules, build, all tests, the demo: each told, all counted, none stops the others. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, ROOT } from './setup.mjs';

const RESULTS = join(ROOT, 'out', 'test-results.json');
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Runs an npm script and gives its exit code. */
function npm(words) {
  const npmCli = process.env.npm_execpath;
  const [program, args] = npmCli ? [process.execPath, [npmCli, ...words]] : ['npm', words];
  const result = spawnSync(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: !npmCli && process.platform === 'win32',
  });
  return result.status ?? 1;
}

function check(name, words) {
  const started = Date.now();
  console.log(`\n== ${name}: npm ${words.join(' ')}`);
  const good = npm(words) === 0;
  console.log(
    `== ${name}: ${good ? 'passed' : 'FAILED'} after ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  counts[good ? 'passed' : 'failed']++;
  if (!good) failures.push(name);
  return good;
}

function runTests() {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  rmSync(RESULTS, { force: true });
  console.log('\n== tests: npm test');
  const code = npm(['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]);
  if (!existsSync(RESULTS)) {
    counts.failed++;
    failures.push('tests did not run');
    return;
  }
  const report = JSON.parse(readFileSync(RESULTS, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  counts.skipped += report.numPendingTests + report.numTodoTests;
  for (const file of report.testResults) {
    for (const test of file.assertionResults) if (test.status === 'failed') failures.push(test.fullName);
  }
  if (code !== 0 && report.numFailedTests === 0) {
    counts.failed++;
    failures.push('a test file that could not be loaded, or an error outside the tests');
  }
}

ensureInstalled();
check('lint', ['run', 'check:lint']);
check('types', ['run', 'check:types']);
check('layers', ['run', 'check:layers']);
if (check('build', ['run', 'build'])) {
  runTests();
  check('demo', ['run', 'demo']);
}
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
