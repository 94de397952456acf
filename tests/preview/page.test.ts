import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Preview, PreviewLibrary, startPreview } from '../../src/preview/index.js';
import { launchBrowser } from './browser.js';
import { walkingClip } from './walking-clip.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const SOURCE = walkingClip({ name: 'walk source', frameCount: 120, rate: 30 });
const TARGET = walkingClip({ name: 'walk target', frameCount: 120, rate: 30, size: 1.15 });

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the preview page in a browser (skipped where none can start)', () => {
  let preview: Preview;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    if (!existsSync(fromRoot('dist/preview/app/index.html')))
      await build({ root: fromRoot('src/preview/app'), logLevel: 'warn' });
    mkdirSync(fromRoot('out'), { recursive: true });
    const library = new PreviewLibrary([
      { name: 'walk source', file: 'in/walk.bvh', load: () => SOURCE },
      { name: 'walk target', file: 'out/walk.gwclip', load: () => TARGET, source: 0 },
      {
        name: 'broken',
        file: 'broken.bvh',
        load: () => Promise.reject(new Error('broken.bvh ends early.')),
      },
    ]);
    library.addProblem({ file: 'notes.txt', code: 'formats/unknown', message: 'notes.txt is no clip.' });
    preview = await startPreview({ library });
    page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 720 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text());
    });
    const start = performance.now();
    await page.goto(`${preview.url}?aa=0`);
    await page.waitForSelector('html[data-ready="true"]');
    console.log(`page ready after ${Math.round(performance.now() - start)} ms`);
  });

  afterAll(async () => {
    await browser?.close();
    await preview?.close();
  });

  const ask = <T>(expression: string): Promise<T> => page.evaluate(`window.gaitway.${expression}`);

  it('shows the retargeted clip beside its source', async () => {
    expect(await ask('figureCount')).toBe(2);
    await page.screenshot({ path: fromRoot('out/preview-pair.png') });
  });
});
