import { createHash } from 'node:crypto';
import { type RawData, WebSocket } from 'ws';
import { GaitwayError } from '../../errors.js';
import { type Clock, sleep, systemClock } from '../clock.js';
import { errorText, type RouteRequest, readFrame, requestFrame } from '../protocol/index.js';
import { backOffMs } from './back-off.js';
import {
  cancelled,
  connectionLost,
  denied,
  rejected,
  serverError,
  unreachable,
  unreadableAnswer,
} from './faults.js';
import { type EditorState, keepAlive } from './keep-alive.js';
import { PendingCalls } from './pending-calls.js';
import { Turns } from './turns.js';

export const DEFAULT_PORT = 30020;

export interface RemoteControlOptions {
  /** An address, not a name: the editor's server speaks IPv4 only, and `localhost` may be ::1. */
  readonly host?: string;
  readonly port?: number;
  readonly passphrase?: string;
  /** How long an answer is awaited, after that to the call before, where a call says nothing else. */
  readonly timeoutMs?: number;
  /** How long the editor is looked for at first before it counts as unreachable. */
  readonly connectLimitMs?: number;
  /** How long it is looked for once it was there: it may be starting anew. */
  readonly reconnectLimitMs?: number;
  readonly clock?: Clock;
  /** Uniform in [0, 1); spreads attempts to come back. */
  readonly random?: () => number;
  /** Aborting it ends every call and closes the connection. */
  readonly signal?: AbortSignal;
  /** What the editor tells unasked (preset changes and the like). */
  readonly onEvent?: (type: string, data: Readonly<Record<string, unknown>>) => void;
  /** Told where the editor falls silent though it is there, and where it speaks again. */
  readonly onState?: (state: EditorState) => void;
}

export interface CallOptions {
  /** What is being done, for error messages: `pushing "walk" to /Game/Walk`. */
  readonly purpose: string;
  readonly timeoutMs?: number;
  /** The request changes nothing, so it is sent again where the connection broke before its answer. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal;
}

/** One try to open the socket may take this long; a host that drops packets would hold it for minutes. */
const DIAL_MS = 3_000;
const REPEATS = 3;
const LOST_ANSWERS = new Set(['bridge/connection-lost', 'bridge/unreadable-answer']);
/** The editor gives one answer a tick; more than this under way would only fill its memory. */
const MOST_IN_FLIGHT = 64;

/**
 * One connection to an editor's Remote Control server.
 *
 * Any number of requests may be asked for, of which 64 are under way; answers are matched by id, in any order. A
 * connection that breaks is opened again with growing, scattered pauses when the next request wants it. A request
 * that changes something is sent at most once: where its answer is lost, it fails with `bridge/connection-lost`.
 */
export class RemoteControl {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly #options: RemoteControlOptions;
  readonly #passphraseMd5: string | undefined;
  readonly #pending: PendingCalls;
  readonly #turns = new Turns(MOST_IN_FLIGHT);
  #live: WebSocket | undefined;
  #opening: Promise<WebSocket> | undefined;
  #wasOpen = false;
  #closed = false;

  constructor(options: RemoteControlOptions = {}) {
    this.#options = options;
    this.host = options.host ?? '127.0.0.1';
    this.port = options.port ?? DEFAULT_PORT;
    this.clock = options.clock ?? systemClock;
    this.#pending = new PendingCalls(this.clock);
    this.#passphraseMd5 =
      options.passphrase === undefined
        ? undefined
        : createHash('md5').update(options.passphrase, 'utf8').digest('hex');
    options.signal?.addEventListener('abort', () => this.close(), { once: true });
  }

  get isOpen(): boolean {
    return this.#live !== undefined;
  }

  /**
   * Opens the connection, where it is not open.
   *
   * @throws GaitwayError `bridge/unreachable` where no editor answers within the limit, `bridge/cancelled`.
   */
  async open(): Promise<void> {
    await this.#socket();
  }

  /**
   * Sends one request and gives the body of its answer.
   *
   * @throws GaitwayError `bridge/not-found` (404), `bridge/rejected` (other failures), `bridge/denied` (401),
   *   `bridge/timeout`, `bridge/connection-lost`, `bridge/unreadable-answer`, `bridge/http-server-stopped`,
   *   `bridge/unreachable`, `bridge/cancelled`.
   */
  request(request: RouteRequest, options: CallOptions): Promise<unknown> {
    return this.#turns.run(() => this.#request(request, options), options.signal);
  }

  async #request(request: RouteRequest, options: CallOptions): Promise<unknown> {
    for (let repeat = 0; ; repeat++) {
      if (options.signal?.aborted) throw cancelled(request, options.purpose);
      const socket = await this.#socket();
      try {
        return await this.#send(socket, request, options);
      } catch (error) {
        const lost = error instanceof GaitwayError && LOST_ANSWERS.has(error.code);
        if (!(lost && options.repeatable && repeat < REPEATS && !this.#closed)) throw error;
      }
    }
  }

  /** Closes the connection for good; calls under way fail with `bridge/cancelled`. */
  close(): void {
    this.#closed = true;
    this.#pending.fail(({ request, purpose }) => cancelled(request, purpose));
    this.#live?.close();
    this.#live = undefined;
  }

  #socket(): Promise<WebSocket> {
    if (this.#closed)
      return Promise.reject(new GaitwayError('bridge/cancelled', 'The connection to the editor was closed.'));
    if (this.#live) return Promise.resolve(this.#live);
    this.#opening ??= this.#dialUntilOpen().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #dialUntilOpen(): Promise<WebSocket> {
    const { signal, connectLimitMs = 2_000, reconnectLimitMs = 15_000, random = Math.random } = this.#options;
    const limitMs = this.#wasOpen ? reconnectLimitMs : connectLimitMs;
    const start = this.clock.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const socket = await this.#dial();
        if (this.#closed) socket.terminate();
        else {
          this.#live = socket;
          this.#wasOpen = true;
          keepAlive(socket, this, (state) => this.#options.onState?.(state));
          return socket;
        }
      } catch (cause) {
        const wait = backOffMs(attempt, random());
        if (this.clock.now() - start + wait > limitMs) throw unreachable(this.host, this.port, cause);
        await sleep(this.clock, wait, signal);
      }
      if (this.#closed) throw new GaitwayError('bridge/cancelled', 'Cancelled while looking for the editor.');
    }
  }

  #dial(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${this.host}:${this.port}`, {
        handshakeTimeout: DIAL_MS,
        perMessageDeflate: false,
      });
      socket.once('open', () => resolve(socket));
      // The listener stays for the socket's life: an error after opening is followed by 'close', which acts on it.
      socket.on('error', reject);
      socket.on('message', (data) => this.#receive(data));
      socket.once('close', () => this.#lose(socket));
    });
  }

  #send(socket: WebSocket, request: RouteRequest, options: CallOptions): Promise<unknown> {
    const { purpose, signal, timeoutMs = this.#options.timeoutMs ?? 15_000 } = options;
    return this.#pending.expect({ request, purpose, timeoutMs, signal }, (id) => {
      socket.send(requestFrame(id, request, this.#passphraseMd5), (error) => {
        if (error) this.#pending.answered(id)?.settle(connectionLost(request, purpose));
      });
    });
  }

  #receive(data: RawData): void {
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data);
    const frame = readFrame(bytes.toString('utf8'));
    switch (frame.kind) {
      case 'reply': {
        const call = this.#pending.answered(frame.id);
        if (!call) return;
        const { request, purpose } = call;
        const good = frame.status >= 200 && frame.status < 300;
        call.settle(
          good ? { body: frame.body } : rejected(request, purpose, frame.status, errorText(frame.body)),
        );
        return;
      }
      case 'damaged': {
        const call = this.#pending.answered(frame.id);
        call?.settle(unreadableAnswer(call.request, call.purpose));
        return;
      }
      case 'denied': {
        const call = this.#pending.answered(frame.id);
        call?.settle(denied(call.request, call.purpose));
        return;
      }
      case 'error': {
        // It names no request; the editor answers in order, so the oldest is meant.
        const { oldest } = this.#pending;
        oldest?.settle(serverError(oldest.request, oldest.purpose, frame.message));
        return;
      }
      case 'event':
        this.#options.onEvent?.(frame.type, frame.data);
        return;
      case 'unknown':
        return;
    }
  }

  #lose(socket: WebSocket): void {
    if (this.#live !== socket) return;
    this.#live = undefined;
    this.#pending.fail(({ request, purpose }) => connectionLost(request, purpose));
  }
}
