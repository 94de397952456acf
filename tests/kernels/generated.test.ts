import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it('the compiled kernels in the repository are those that their sources give', async () => {
  const { compileKernels } = (await import(fromRoot('scripts/compile-kernels.mjs'))) as {
    compileKernels: () => Promise<[string, string][]>;
  };
  const folder = fromRoot('src/kernels/generated');
  const compiled = await compileKernels();
  for (const [file, text] of compiled)
    expect(text).toBe(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n'));
  expect(readdirSync(folder).sort()).toEqual(compiled.map(([file]) => file).sort());
});
