import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it('the compiled kernels in the repository are those that their sources give', async () => {
  const { compileKernels } = (await import(fromRoot('scripts/compile-kernels.mjs'))) as {
    compileKernels: () => Promise<string>;
  };
  const committed = readFileSync(fromRoot('src/kernels/generated/row-tree-wasm.ts'), 'utf8');
  expect(await compileKernels()).toBe(committed.replaceAll('\r\n', '\n'));
});
