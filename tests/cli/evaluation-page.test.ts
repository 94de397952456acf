import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeBvh } from '../pipeline/made-bvh.js';
import { launchBrowser } from '../preview/browser.js';
import { runGaitway } from './run-gaitway.js';

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the page of an evaluation in a browser (skipped where none can start)', () => {
  let folder: string;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-page-'));
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('a <b> & c.bvh'), madeBvh({ frames: 120 }));
    writeFileSync(at('left.bvh'), madeBvh({ frames: 120, turnDeg: 60 }));
    writeFileSync(at('copy.bvh'), madeBvh({ frames: 110 }));
    writeFileSync(at('stand.bvh'), madeBvh({ frames: 100, speed: 0 }));
    const clips = ['a <b> & c', 'left', 'copy', 'stand'].map((name) => at(`${name}.bvh`));
    await runGaitway(['build', ...clips, '--out', at('motion.gwdb'), '--no-cache', '--jobs', '1']);
    const run = await runGaitway(['evaluate', at('motion.gwdb'), '--html', at('page.html')]);
    expect(run.code).toBe(0);
    page = (await browser?.newPage({ viewport: { width: 1200, height: 800 } })) as Page;
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) faults.push(request.url());
    });
    await page.goto(pathToFileURL(at('page.html')).href);
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  it('asks for nothing from elsewhere and complains of nothing', () => {
    expect(faults).toEqual([]);
  });

  it('tells every drawing in words, under names that occur once', async () => {
    const drawings = await page
      .locator('svg[role=img]')
      .evaluateAll((all) =>
        all.map((svg) =>
          (svg.getAttribute('aria-labelledby') ?? '')
            .split(' ')
            .map((id: string) => svg.ownerDocument.getElementById(id)?.textContent ?? ''),
        ),
      );
    expect(drawings.length).toBeGreaterThan(6);
    for (const [title, says] of drawings) {
      expect(title.length).toBeGreaterThan(5);
      expect(says.length).toBeGreaterThan(10);
    }
    const ids = await page.locator('[id]').evaluateAll((all) => all.map((element) => element.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leads to each part by its link, and opens what is folded from the keyboard', async () => {
    const links = await page
      .locator('nav a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(7);
    for (const link of links) expect(await page.locator(`${link} h2`).count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    const summary = page.locator('#coverage summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#coverage details').first().getAttribute('open')).not.toBeNull();
    expect(await page.locator('#coverage table').first().isVisible()).toBe(true);
  });

  it('shows clips by their names, however they are called', async () => {
    expect(await page.locator('#clips table').textContent()).toContain('a <b> & c');
  });

  it.each([1200, 400])('is not wider than a window of %i', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});
