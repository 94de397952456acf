import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The path after the token where a request may be answered, else nothing.
 *
 * A request must name this server as its host (a page elsewhere whose name was pointed at 127.0.0.1 does
 * not), must come from this server's own page where it tells its origin, and must have the token as the
 * first part of its path.
 */
export function allowedPath(request: IncomingMessage, host: string, token: string): string | undefined {
  if (request.headers.host !== host) return undefined;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return undefined;
  const [path = ''] = (request.url ?? '').split('?', 1);
  const slash = path.indexOf('/', 1);
  if (slash < 0 || !sameText(path.slice(1, slash), token)) return undefined;
  return path.slice(slash + 1);
}

/** Compares digests, so that time tells nothing of where two texts part. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
