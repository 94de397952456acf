import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Runs dependency-cruiser over `src` of a folder and gives what it found. */
function cruise(folder: string): Violation[] {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'];
  let text: string;
  try {
    text = execFileSync(process.execPath, [bin, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 27,
    });
  } catch (error) {
    text = (error as { stdout: string }).stdout;
  }
  return (JSON.parse(text) as { summary: { violations: Violation[] } }).summary.violations;
}

/** One planted breach per rule: a file, what it imports, and the rule that must catch it. */
const BREACHES: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['layer-math', 'math/planted.ts', '../clip/index.js'],
  ['layer-kernels', 'kernels/planted.ts', '../clip/index.js'],
  ['layer-clip', 'clip/planted.ts', '../formats/index.js'],
  ['layer-formats', 'formats/planted.ts', '../retarget/index.js'],
  ['layer-retarget', 'retarget/planted.ts', '../motion/index.js'],
  ['retarget-body', 'retarget/body/planted.ts', '../contacts/contacts.js'],
  ['retarget-contacts', 'retarget/contacts/planted.ts', '../calibrate/anatomy.js'],
  ['retarget-calibrate', 'retarget/calibrate/planted.ts', '../transfer/transfer.js'],
  ['retarget-transfer', 'retarget/transfer/planted.ts', '../solve/solve-body.js'],
  ['retarget-solve', 'retarget/solve/planted.ts', '../quality/quality.js'],
  ['layer-motion', 'motion/planted.ts', '../retarget/index.js'],
  ['layer-bridge', 'bridge/planted.ts', '../motion/index.js'],
  ['layer-jobs', 'jobs/planted.ts', '../clip/index.js'],
  ['layer-pipeline', 'pipeline/planted.ts', '../preview/index.js'],
  ['layer-preview', 'preview/planted.ts', '../bridge/index.js'],
  ['layer-cli', 'cli/planted.ts', '../math/quat.js'],
  ['door-clip', 'formats/planted-door.ts', '../clip/rate.js'],
  ['door-formats', 'pipeline/planted-door-1.ts', '../formats/sniff.js'],
  ['door-retarget', 'pipeline/planted-door-2.ts', '../retarget/body.js'],
  ['door-motion', 'pipeline/planted-door-3.ts', '../motion/npy.js'],
  ['door-bridge', 'pipeline/planted-door-4.ts', '../bridge/ue-space.js'],
  ['door-jobs', 'pipeline/planted-door-5.ts', '../jobs/planted-inner.js'],
  ['door-pipeline', 'cli/planted-door-6.ts', '../pipeline/project.js'],
  ['door-preview', 'cli/planted-door-7.ts', '../preview/server.js'],
  ['pure-layers', 'retarget/planted-node.ts', 'node:fs'],
  ['encoder-and-database-apart', 'motion/encoder/planted.ts', '../database/planted-inner.js'],
  ['database-and-encoder-apart', 'motion/database/planted.ts', '../encoder/planted-inner.js'],
  ['no-circular', 'math/planted-circle.ts', './planted-circle.js'],
  ['three-only-in-the-preview-app', 'cli/planted-three.ts', 'three'],
  ['tensorflow-behind-one-file', 'motion/encoder/planted-tf.ts', '@tensorflow/tfjs-backend-wasm'],
];

describe('layer rules', () => {
  let folder = '';
  let found: Violation[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-layers-'));
    cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true });
    cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(folder, 'src', file)), { recursive: true });
      writeFileSync(join(folder, 'src', file), text);
    };
    for (const [, file, imports] of BREACHES) {
      write(file, `import '${imports}';\nexport const planted = 1;\n`);
      const target = join(dirname(file), imports).replace(/\.js$/, '.ts');
      if (imports.startsWith('.') && !existsSync(join(folder, 'src', target)))
        write(target, 'export const target = 1;\n');
    }
    found = cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('hold in the project as it is', () => {
    expect(cruise(root).map((violation) => `${violation.rule.name}: ${violation.from}`)).toEqual([]);
  });

  it.each(BREACHES)('%s catches a planted breach', (rule, file) => {
    const caught = found
      .filter((violation) => violation.rule.name === rule)
      .map((violation) => violation.from);
    expect(caught.some((from) => from.startsWith(`src/${file}`))).toBe(true);
  });

  it('are each tried by a breach', async () => {
    const { createRequire } = await import('node:module');
    const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    // Nothing stands above the command line, so its door cannot be walked past from a higher layer.
    const tried = new Set([...BREACHES.map(([rule]) => rule), 'door-cli']);
    expect(config.forbidden.map((rule) => rule.name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
