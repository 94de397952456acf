import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeClip } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { type AppFile, readAppFiles } from './app-files.js';
import { allowedPath } from './guard.js';
import type { PreviewLibrary } from './library.js';
import type { LinkPages } from './link-socket.js';
import type { Listing } from './listing.js';

export interface PreviewOptions {
  readonly library: PreviewLibrary;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Letters, digits, `-` and `_`; random by default. */
  readonly token?: string;
  /** Pages of a preview that is linked to an editor. */
  readonly link?: LinkPages;
  /** Closes the server when aborted. */
  readonly signal?: AbortSignal;
}

/** A running preview. */
export interface Preview {
  /** Where the page is, token included. */
  readonly url: string;
  /** Settles when the server has stopped, for whatever reason. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const HEADERS = {
  'Cache-Control': 'no-store',
  // Not every browser takes the WebSocket of the page's own server for 'self'.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self' ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/**
 * Serves the preview page and its clips on 127.0.0.1, under a path that begins with a secret token.
 *
 * Clips are loaded when the page asks for them and not kept; the page is told when the library changes. With a link,
 * pages may open a WebSocket to it. A request with another host, a foreign origin or a wrong token is answered 403, a method other than GET and HEAD 405.
 *
 * @throws GaitwayError `preview/not-built`, `preview/bad-token`, `preview/port-taken`.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { port = 0, token = randomBytes(18).toString('base64url') } = options;
  if (!/^[\w-]{8,}$/.test(token)) {
    throw new GaitwayError(
      'preview/bad-token',
      'The token of the preview must be at least 8 letters, digits, "-" or "_".',
    );
  }
  const appFiles = await readAppFiles();
  let host = '';
  const server = createServer((request, response) => {
    const path = allowedPath(request, host, token);
    if (path === undefined) return refuse(response, 403, 'Open the address that "gaitway preview" printed.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Only GET and HEAD are answered here.');
    }
    void answer(request, response, path, appFiles, options);
  });
  server.on('upgrade', (request, socket, head) => {
    const isOurs = allowedPath(request, host, token) === 'link' && request.headers.origin !== undefined;
    if (isOurs && options.link) options.link.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  await listen(server, port);
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = async (): Promise<void> => {
    options.link?.close();
    server.close();
    server.closeAllConnections();
    await closed;
  };
  if (options.signal?.aborted) await close();
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  return { url: `http://${host}/${token}/`, closed, close };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  appFiles: ReadonlyMap<string, AppFile>,
  { library, link }: PreviewOptions,
): Promise<void> {
  const bodyless = request.method === 'HEAD';
  const file = appFiles.get(path === '' ? 'index.html' : path);
  if (file) return send(response, file.bytes, file.type, bodyless);
  if (path === 'clips.json') {
    const listing: Listing = link ? { ...library.listing, isLinked: true } : library.listing;
    return send(response, Buffer.from(JSON.stringify(listing)), 'application/json', bodyless);
  }
  if (path === 'changes' && !bodyless) return tellChanges(response, library);
  const item = library.items[Number(/^clips\/(\d{1,9})$/.exec(path)?.[1] ?? Number.NaN)];
  if (!item) return refuse(response, 404, 'There is nothing of that name here.');
  try {
    const bytes = Buffer.from(encodeClip(await item.load()));
    send(response, bytes, 'application/octet-stream', bodyless);
  } catch (error) {
    refuse(response, 422, error instanceof Error ? error.message : String(error));
  }
}

function send(response: ServerResponse, body: Buffer, type: string, bodyless: boolean): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': body.length });
  response.end(bodyless ? undefined : body);
}

/** Keeps a request open and writes a line whenever the listing has changed (server-sent events). */
function tellChanges(response: ServerResponse, library: PreviewLibrary): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
  response.write(': open\n\n');
  response.once(
    'close',
    library.onChange(() => response.write('data: changed\n\n')),
  );
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${why}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${cause.message})`;
      reject(
        new GaitwayError(
          'preview/port-taken',
          `Port ${port} ${why}; give another one with --port, or leave it out to take any that is free.`,
          { port },
          cause,
        ),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
