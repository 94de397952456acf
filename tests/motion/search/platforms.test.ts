import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../preview/browser.js';
import { type PlatformAnswers, platformAnswers } from './platform-answers.js';

const browser: Browser | undefined = await launchBrowser();

describe('search on other platforms', () => {
  const wanted = platformAnswers();
  let folder: string;
  let bundle: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-search-'));
    const entry = fileURLToPath(new URL('./platform-answers.ts', import.meta.url));
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        lib: { entry, formats: ['es'], fileName: () => 'answers.mjs' },
        target: 'es2022',
      },
    });
    bundle = join(folder, 'answers.mjs');
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it('gives the same answers in a worker thread', async () => {
    const script = join(folder, 'worker.mjs');
    await writeFile(
      script,
      `import { parentPort } from 'node:worker_threads';
       import { platformAnswers } from ${JSON.stringify(pathToFileURL(bundle).href)};
       parentPort.postMessage(platformAnswers());`,
    );
    const worker = new Worker(script);
    const found = await new Promise<PlatformAnswers>((done, fail) =>
      worker.once('message', done).once('error', fail),
    );
    await worker.terminate();
    expect(found).toEqual(wanted);
  });

  it.skipIf(!browser)(
    'gives them in a browser’s page and its worker (skipped where none can start)',
    async () => {
      const code = await readFile(bundle, 'utf8');
      const files: Record<string, [string, string]> = {
        '/': ['text/html', '<!doctype html><title>search</title>'],
        '/answers.mjs': ['text/javascript', code],
        '/worker.mjs': [
          'text/javascript',
          'import { platformAnswers } from "./answers.mjs"; postMessage(platformAnswers());',
        ],
      };
      const server = createServer(({ url = '/' }, response) => {
        const [type, text] = files[url] ?? ['text/plain', ''];
        response.writeHead(url in files ? 200 : 404, { 'content-type': type }).end(text);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const page = await (browser as Browser).newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const found = await page.evaluate(`(async () => {
      const worker = new Worker('/worker.mjs', { type: 'module' });
      const inWorker = await new Promise((done, fail) => {
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = ({ message }) => fail(new Error(message));
      });
      const { platformAnswers } = await import('/answers.mjs');
      return { inPage: platformAnswers(), inWorker };
    })()`);
      server.closeAllConnections();
      server.close();
      expect(found).toEqual({ inPage: wanted, inWorker: wanted });
    },
  );

  it('has answers to compare, found on the vector unit', () => {
    expect(wanted.engine).toBe('wasm');
    expect(wanted.answers).toHaveLength(100);
    expect(wanted.answers.every((found) => found.length === 3)).toBe(true);
  });
});
