import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Builds the page where no build has made it yet; test files that do so at the same time do not meet. */
export async function ensurePageBuilt(): Promise<void> {
  const folder = fromRoot('dist/preview/app');
  if (existsSync(folder)) return;
  await mkdir(fromRoot('dist/preview'), { recursive: true });
  const outDir = await mkdtemp(fromRoot('dist/preview/app-'));
  await build({ root: fromRoot('src/preview/app'), logLevel: 'warn', build: { outDir } });
  try {
    await rename(outDir, folder);
  } catch (error) {
    await rm(outDir, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}
