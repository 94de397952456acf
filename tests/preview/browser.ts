import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const SYSTEM_BROWSER = '/usr/bin/chromium';

/** A headless browser that draws WebGL in software, or nothing where none can start. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const paths = [
    () => sparticuz.executablePath(),
    () => Promise.resolve(existsSync(SYSTEM_BROWSER) ? SYSTEM_BROWSER : ''),
  ];
  for (const find of paths) {
    try {
      const executablePath = await find();
      if (executablePath) return await chromium.launch({ executablePath, args: FLAGS });
    } catch {
      // The next one may start.
    }
  }
  return undefined;
}
