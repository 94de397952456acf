import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { compileKernels, KERNELS } = (await import(fromRoot('scripts/compile-kernels.mjs'))) as {
  compileKernels: (folder: string) => Promise<string>;
  KERNELS: Record<string, string>;
};

it.each(Object.keys(KERNELS))(
  'the compiled kernels of %s are those that their sources give',
  async (folder) => {
    const committed = readFileSync(fromRoot(`src/kernels/generated/${folder}-wasm.ts`), 'utf8');
    expect(await compileKernels(folder)).toBe(committed.replaceAll('\r\n', '\n'));
  },
);
