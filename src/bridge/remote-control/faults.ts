import { GaitwayError } from '../../errors.js';
import type { RouteRequest } from '../protocol/index.js';

/** Where the editor is listened for, as people write it. */
export const addressOf = (host: string, port: number): string => `ws://${host}:${port}`;

export function unreachable(host: string, port: number, cause: unknown): GaitwayError {
  const reason = cause instanceof Error ? cause.message : '';
  const address = addressOf(host, port);
  const said = /handshake/i.test(reason)
    ? `Something listens at ${address} but does not answer: an Unreal editor that is loading or shows a dialog, or another ` +
      'program. Wait until the editor is idle, close its dialogs, and run the command again; if it is another program, ' +
      'close that or give the other port.'
    : `No Unreal editor answers at ${address}${reason && ` (${reason})`}. Open the project in Unreal Engine 5.4 with the ` +
      'plugin "Remote Control API" ticked under Edit → Plugins, and tick Project Settings → Plugins → Remote Control → ' +
      '"Auto Start WebSocket Server"; or type WebControl.StartWebSocketServer in the editor\'s console. ' +
      'Without Unreal, "gaitway editor" starts a stand-in.';
  return new GaitwayError('bridge/unreachable', said, { host, port }, cause);
}

/** The socket closed while an answer was awaited; whether the editor acted on the request is not known. */
export function connectionLost(request: RouteRequest, purpose: string): GaitwayError {
  return new GaitwayError(
    'bridge/connection-lost',
    `The connection to the editor was lost while ${purpose}, before it answered. Whether it acted on the request is not ` +
      'known; look at the editor (did it close, or crash?) and run the command again.',
    { url: request.url, purpose },
  );
}

/** An answer came for this request, damaged beyond reading; whether the editor acted on it is not known. */
export function unreadableAnswer(request: RouteRequest, purpose: string): GaitwayError {
  return new GaitwayError(
    'bridge/unreadable-answer',
    `The editor's answer came damaged while ${purpose}, so what it did is not known. Something between may change the data ` +
      '(a proxy?); look at the editor and run the command again.',
    { url: request.url, purpose },
  );
}

export function timedOut(request: RouteRequest, purpose: string, timeoutMs: number): GaitwayError {
  return new GaitwayError(
    'bridge/timeout',
    `The editor gave no answer within ${timeoutMs / 1000} s while ${purpose}. It may be busy (a dialog, shaders, a save) or ` +
      'asleep in the background: bring its window to the front, close open dialogs, and run the command again.',
    { url: request.url, purpose, timeoutMs },
  );
}

export function cancelled(request: RouteRequest, purpose: string): GaitwayError {
  return new GaitwayError('bridge/cancelled', `Cancelled while ${purpose}.`, { url: request.url, purpose });
}

export function denied(request: RouteRequest, purpose: string): GaitwayError {
  return new GaitwayError(
    'bridge/denied',
    `The editor turned the request away (401) while ${purpose}: it wants a passphrase, or this machine is not on its list. ` +
      'Give the passphrase, or untick Project Settings → Plugins → Remote Control → "Restrict Server Access".',
    { status: 401, url: request.url, purpose },
  );
}

export function serverError(request: RouteRequest, purpose: string, text: string): GaitwayError {
  return new GaitwayError(
    'bridge/http-server-stopped',
    `The editor's WebSocket is open but its web server is not, so it cannot answer while ${purpose}: "${text}". Tick Project ` +
      'Settings → Plugins → Remote Control → "Auto Start Web Server", or type WebControl.StartServer in the console.',
    { url: request.url, purpose, text },
  );
}

/** The editor answered with a status that is no success. */
export function rejected(request: RouteRequest, purpose: string, status: number, text: string): GaitwayError {
  const said = text ? `: "${text}"` : ', without saying why';
  const cure =
    status === 404
      ? 'Check the path, and that the asset or plugin is loaded.'
      : "Nothing was sent again. The editor's Output Log (Window → Output Log) may say more.";
  return new GaitwayError(
    status === 404 ? 'bridge/not-found' : 'bridge/rejected',
    `The editor answered ${status} to ${request.verb} ${request.url} while ${purpose}${said}. ${cure}`,
    { status, url: request.url, verb: request.verb, purpose, text },
  );
}
