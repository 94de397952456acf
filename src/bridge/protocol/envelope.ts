import { z } from 'zod';

/** A request to one of the editor's Remote Control routes, as it goes through the WebSocket. */
export interface RouteRequest {
  readonly verb: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly body?: unknown;
}

/**
 * The text frame of a request.
 *
 * The answer repeats `Parameters.RequestId`, a refusal by the passphrase check repeats the outer `Id`; both
 * are sent and equal. `id` is 1 or more, since 0 and −1 mean "none" to one end or the other.
 *
 * @param passphraseMd5 MD5 of the passphrase in hex, where the project asks for one.
 */
export function requestFrame(id: number, request: RouteRequest, passphraseMd5?: string): string {
  return JSON.stringify({
    MessageName: 'http',
    Id: id,
    ...(passphraseMd5 !== undefined && { Passphrase: passphraseMd5 }),
    Parameters: {
      RequestId: id,
      Url: request.url,
      Verb: request.verb,
      Body: request.body ?? {},
    },
  });
}

/** What a frame from the editor turned out to be. */
export type EditorFrame =
  /** The answer to request `id`. */
  | { readonly kind: 'reply'; readonly id: number; readonly status: number; readonly body: unknown }
  /** An answer to request `id`, of which no more can be read. */
  | { readonly kind: 'damaged'; readonly id: number }
  /** Request `id` was turned away before it was read: wrong or missing passphrase, or a barred address. */
  | { readonly kind: 'denied'; readonly id: number }
  /** An error that names no request: the editor's HTTP server is off. */
  | { readonly kind: 'error'; readonly message: string }
  /** Something the editor tells unasked. */
  | { readonly kind: 'event'; readonly type: string; readonly data: Readonly<Record<string, unknown>> }
  /** Anything else, which is passed over. */
  | { readonly kind: 'unknown' };

const Reply = z
  .looseObject({
    RequestId: z.number().int().describe('the `Parameters.RequestId` of the request; −1 where it had none'),
    ResponseCode: z.number().int().describe('as in HTTP'),
    ResponseBody: z.unknown().optional().describe('JSON; `{errorMessage}` where the code is no success'),
  })
  .describe('The answer to a request.');
const Denied = z
  .looseObject({
    RequestId: z.number().int().describe('the outer `Id` of the request'),
    Verb: z.literal('401'),
  })
  .describe('A request that was turned away unread: wrong or missing passphrase, or a barred address.');
const EditorEvent = z
  .looseObject({ Type: z.string().min(1).describe('`PresetFieldsChanged`, `TransactionEnded`, …') })
  .describe('What the editor tells unasked.');
const BareError = z
  .looseObject({ errorMessage: z.string() })
  .describe("An error that names no request: the editor's HTTP server is off.");

/** What may come from the editor. */
export const FRAMES = { Reply, Denied, Event: EditorEvent, BareError } as const;

/** Reads one frame; never throws, since a frame from outside may be anything. */
export function readFrame(text: string): EditorFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return readBrokenFrame(text);
  }
  const reply = Reply.safeParse(json);
  if (reply.success) {
    const { RequestId: id, ResponseCode: status, ResponseBody: body = null } = reply.data;
    return { kind: 'reply', id, status, body };
  }
  const denied = Denied.safeParse(json);
  if (denied.success) return { kind: 'denied', id: denied.data.RequestId };
  const event = EditorEvent.safeParse(json);
  if (event.success) return { kind: 'event', type: event.data.Type, data: event.data };
  const error = BareError.safeParse(json);
  if (error.success) return { kind: 'error', message: error.data.errorMessage };
  return { kind: 'unknown' };
}

/**
 * The editor pastes error texts into its JSON as they are, so a quote or a backslash in an asset's name breaks
 * the frame. What such a frame says is still plain to see. An answer that is broken in another way is damaged.
 */
function readBrokenFrame(text: string): EditorFrame {
  const id = /"RequestId"\s*:\s*(-?\d+)\s*,/.exec(text);
  if (!id) return { kind: 'unknown' };
  const status = /"ResponseCode"\s*:\s*(\d+)/.exec(text);
  const message = /"errorMessage"\s*:\s*"([\s\S]*)"\s*\}/.exec(text);
  if (!status || Number(status[1]) < 400) return { kind: 'damaged', id: Number(id[1]) };
  return {
    kind: 'reply',
    id: Number(id[1]),
    status: Number(status[1]),
    body: message ? { errorMessage: message[1] } : null,
  };
}

/** The editor's own words in the body of a failed answer; empty where it says nothing. */
export function errorText(body: unknown): string {
  const parsed = BareError.safeParse(body);
  return parsed.success ? parsed.data.errorMessage : '';
}
