import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { GaitwayError } from '../../errors.js';
import { type Delivery, type Mischief, whole } from './mischief.js';
import { type Ask, type Listening, readMessage } from './read-message.js';

interface Connection {
  readonly socket: WebSocket;
  readonly inbox: Ask[];
  /** Pings that came and are not answered yet. */
  readonly pings: Buffer[];
  /** Presets whose news it hears. */
  readonly presets: Set<string>;
  /** What waits to leave, and the tick from which it may. */
  readonly outbox: { readonly delivery: Delivery; readonly from: number }[];
}

/** A larger answer leaves in pieces. */
const FRAGMENT = 1 << 20;

/**
 * The WebSocket side of the stand-in, with the editor's manners: answers are binary frames, at most one leaves
 * per tick and connection, a message that cannot be read gets no answer at all, and pings are answered in ticks, too.
 */
export class SocketServer {
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  #ticks = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      const connection: Connection = { socket, inbox: [], pings: [], presets: new Set(), outbox: [] };
      this.#connections.add(connection);
      socket.on('message', (data, isBinary) => {
        for (const part of readMessage(data, isBinary)) hear(connection, part);
      });
      socket.on('ping', (data) => connection.pings.push(data));
      socket.on('error', () => socket.terminate());
      socket.on('close', () => this.#connections.delete(connection));
    });
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @throws GaitwayError `bridge/port-taken`.
   */
  static async listen(port: number): Promise<SocketServer> {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port,
      perMessageDeflate: false,
      autoPong: false,
    });
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', (cause) =>
        reject(
          new GaitwayError(
            'bridge/port-taken',
            `127.0.0.1:${port} cannot be listened on (${cause.message}); an Unreal editor or another stand-in may be ` +
              'running. Close it, or give --port with another number.',
            { port },
            cause,
          ),
        ),
      );
    });
    return new SocketServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** One tick: everything that came is answered, and one answer leaves on each connection. */
  async tick(mischief: Mischief, answer: (ask: Ask) => Promise<string>): Promise<void> {
    this.#ticks++;
    for (const connection of this.#connections) {
      for (const data of connection.pings.splice(0)) connection.socket.pong(data);
      for (const ask of connection.inbox.splice(0)) {
        if (mischief.loses(ask)) connection.socket.terminate();
        if (connection.socket.readyState !== connection.socket.OPEN) break;
        const message = Buffer.from(await answer(ask), 'utf8');
        for (const delivery of mischief.deliver(message)) this.#take(connection, delivery);
      }
      const next = connection.outbox.findIndex(({ from }) => from <= this.#ticks);
      if (next >= 0)
        for (const { delivery } of connection.outbox.splice(next, 1)) send(connection.socket, delivery);
    }
  }

  /** Forgets what came and is not answered yet. */
  lose(): void {
    for (const { inbox } of this.#connections) inbox.length = 0;
  }

  /** Tells something unasked in the ticks to come: on all connections, or on those that registered for a preset. */
  tell(event: Readonly<Record<string, unknown>>, preset?: string): void {
    const delivery = whole(Buffer.from(JSON.stringify(event), 'utf8'));
    for (const connection of this.#connections)
      if (preset === undefined || connection.presets.has(preset)) this.#take(connection, delivery);
  }

  #take({ outbox }: Connection, delivery: Delivery): void {
    outbox.push({ delivery, from: this.#ticks + delivery.ticks });
  }

  /** Breaks all connections, as a crash would. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function hear({ inbox, presets }: Connection, part: Ask | Listening): void {
  if (!('preset' in part)) inbox.push(part);
  else if (part.isOn) presets.add(part.preset);
  else presets.delete(part.preset);
}

function send(socket: WebSocket, { bytes, breaks }: Delivery): void {
  for (let at = 0; at < bytes.length; at += FRAGMENT) {
    const end = Math.min(at + FRAGMENT, bytes.length);
    socket.send(bytes.subarray(at, end), { binary: true, fin: end === bytes.length && !breaks });
  }
  if (breaks) socket.terminate();
}
