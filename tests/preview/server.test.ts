import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Preview, PreviewLibrary, startPreview } from '../../src/preview/index.js';
import { ensurePageBuilt } from './page-build.js';
import { walkingClip } from './walking-clip.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One request with the path as it is written: `fetch` would tidy `..` away. */
const ask = (
  url: string,
  path: string,
  options: { method?: string; headers?: object } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request(
      { hostname, port, path, method: options.method ?? 'GET', headers: { ...options.headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end();
  });

describe('the preview server', () => {
  const library = new PreviewLibrary();
  let preview: Preview;
  let token: string;

  beforeAll(async () => {
    await ensurePageBuilt();
    const source = library.add({ name: 'walk', file: 'walk.bvh', load: () => walkingClip() });
    library.add({ name: 'walk on target', file: 'out/walk.glb', load: () => walkingClip(), source });
    library.add({
      name: 'cut off',
      file: 'cut.bvh',
      load: () => Promise.reject(new Error('cut.bvh ends in frame 3.')),
    });
    library.addProblem({ file: 'notes.txt', code: 'formats/unknown', message: 'notes.txt is no clip.' });
    preview = await startPreview({ library });
    token = new URL(preview.url).pathname.split('/')[1];
  });
  afterAll(() => preview.close());

  it('listens on 127.0.0.1 alone and has 24 letters of token in its address', () => {
    expect(preview.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}\/$/);
  });

  it.each([
    ['no token', '/'],
    ['no token but a file', '/index.html'],
    ['a wrong token', '/AAAAAAAAAAAAAAAAAAAAAAAA/'],
    ['the token as a query', '/?token=TOKEN'],
    ['a token that goes on', '/TOKENx/'],
    ['the token without what follows', '/TOKEN'],
  ])('refuses %s', async (_, path) => {
    const { status, body } = await ask(preview.url, path.replace('TOKEN', token));
    expect(status).toBe(403);
    expect(body.toString()).not.toContain(token);
  });

  it.each([
    ['another host name', { Host: 'evil.example' }],
    ['localhost, which a name server may turn', { Host: 'localhost' }],
    ['a foreign origin', { Origin: 'http://evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
  ])('refuses %s even with the token', async (_, headers) => {
    expect((await ask(preview.url, `/${token}/clips.json`, { headers })).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses the method %s', async (method) => {
    const { status, headers } = await ask(preview.url, `/${token}/clips.json`, { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it.each([
    '../package.json',
    '../../package.json',
    '..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    'assets/../../../package.json',
    '..\\..\\package.json',
    '/etc/passwd',
    'clips/../../package.json',
    'clips/-1',
    'clips/99',
    'clips/0x1',
    'clips/1e0',
    '\0',
  ])('has nothing at %j', async (path) => {
    const { status, body } = await ask(preview.url, `/${token}/${path.replace('\0', '%00')}`);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('gaitway');
  });

  it('gives the page with headers that keep it to itself', async () => {
    const { status, headers, body } = await ask(preview.url, `/${token}/`);
    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>Gaitway preview</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('lists clips with their sources, and files that could not be read', async () => {
    const { body } = await ask(preview.url, `/${token}/clips.json`);
    expect(JSON.parse(body.toString())).toEqual({
      clips: [
        { id: '0', version: 0, name: 'walk', file: 'walk.bvh' },
        { id: '1', version: 0, name: 'walk on target', file: 'out/walk.glb', sourceId: '0' },
        { id: '2', version: 0, name: 'cut off', file: 'cut.bvh' },
      ],
      problems: [{ file: 'notes.txt', code: 'formats/unknown', message: 'notes.txt is no clip.' }],
    });
  });

  it('opens no WebSocket where there is no link', async () => {
    const socket = new WebSocket(`${preview.url.replace('http', 'ws')}link`, {
      origin: new URL(preview.url).origin,
    });
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      socket.once('open', () => resolve('open'));
      socket.on('error', () => {});
    });
    expect(status).toBe(403);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask(preview.url, `/${token}/clips.json`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
    expect(body.length).toBe(0);
  });

  it('says why a clip cannot be loaded and goes on', async () => {
    const { status, body } = await ask(preview.url, `/${token}/clips/2`);
    expect(status).toBe(422);
    expect(body.toString()).toBe('cut.bvh ends in frame 3.\n');
    expect((await ask(preview.url, `/${token}/clips/0`)).status).toBe(200);
  });

  it('tells pages that listen when the library changes', async () => {
    const heard = new AbortController();
    const response = await fetch(`${preview.url}changes`, { signal: heard.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await lines?.read())?.value).toBe(': open\n\n');
    library.markChanged([1]);
    expect((await lines?.read())?.value).toBe('data: changed\n\n');
    heard.abort();
    expect(library.listing.clips.map(({ version }) => version)).toEqual([0, 1, 0]);
  });
});

describe('startPreview', () => {
  it('refuses a token that can be guessed or would break the address', async () => {
    for (const token of ['', 'short', '../../../etc', 'white space']) {
      await expect(startPreview({ library: new PreviewLibrary(), token })).rejects.toMatchObject({
        code: 'preview/bad-token',
      });
    }
  });

  it('names a port that is taken', async () => {
    const first = await startPreview({ library: new PreviewLibrary() });
    const port = Number(new URL(first.url).port);
    await expect(startPreview({ library: new PreviewLibrary(), port })).rejects.toMatchObject({
      code: 'preview/port-taken',
      data: { port },
    });
    await first.close();
  });

  it('closes on abort, listeners and all', async () => {
    const abort = new AbortController();
    const preview = await startPreview({ library: new PreviewLibrary(), signal: abort.signal });
    const listening = await fetch(`${preview.url}changes`);
    abort.abort();
    await preview.closed;
    await expect(listening.text()).rejects.toThrow();
    await expect(fetch(preview.url)).rejects.toThrow();
  });
});
