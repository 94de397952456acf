import type { AddressInfo } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { GaitwayError } from '../../errors.js';
import { field } from './routes.js';

/** A message that asks for an answer. */
export interface Ask {
  readonly requestId: number;
  readonly verb: string;
  readonly url: string;
  readonly body: unknown;
}

interface Connection {
  readonly socket: WebSocket;
  readonly inbox: Ask[];
  readonly outbox: string[];
}

/** A larger answer leaves in pieces. */
const FRAGMENT = 1 << 20;

/**
 * The WebSocket side of the stand-in, with the editor's manners: answers are binary frames, at most one leaves
 * per tick and connection, and a message that cannot be read gets no answer at all.
 */
export class SocketServer {
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      const connection: Connection = { socket, inbox: [], outbox: [] };
      this.#connections.add(connection);
      socket.on('message', (data, isBinary) => connection.inbox.push(...readMessage(data, isBinary)));
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
    const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false });
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
  async tick(answer: (ask: Ask) => Promise<string>): Promise<void> {
    for (const connection of this.#connections) {
      for (const ask of connection.inbox.splice(0)) connection.outbox.push(await answer(ask));
      const message = connection.outbox.shift();
      if (message !== undefined) sendInPieces(connection.socket, Buffer.from(message, 'utf8'));
    }
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

function sendInPieces(socket: WebSocket, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += FRAGMENT) {
    const end = Math.min(at + FRAGMENT, bytes.length);
    socket.send(bytes.subarray(at, end), { binary: true, fin: end === bytes.length });
  }
}

/** The requests in one message; none where the editor would stay silent. */
function readMessage(data: RawData, isBinary: boolean): Ask[] {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(data as Buffer[]);
  // A binary message carries its length in front; without that it is not understood.
  const prefixed = isBinary && bytes.length >= 4 && bytes.readUInt32LE(0) === bytes.length - 4;
  if (isBinary && !prefixed) return [];
  try {
    return readAsks(JSON.parse((isBinary ? bytes.subarray(4) : bytes).toString('utf8')));
  } catch {
    return [];
  }
}

function readAsks(message: unknown): Ask[] {
  const name = field(message, 'MessageName');
  const parameters = field(message, 'Parameters');
  if (typeof name !== 'string' || typeof parameters !== 'object' || parameters === null) return [];
  if (name.toLowerCase() === 'batch') {
    const requests = field(parameters, 'Requests');
    return Array.isArray(requests) ? requests.flatMap(readAsks) : [];
  }
  if (name.toLowerCase() !== 'http') return [];
  const id = field(parameters, 'RequestId');
  return [
    {
      requestId: typeof id === 'number' ? id : -1,
      verb: String(field(parameters, 'Verb') ?? ''),
      url: String(field(parameters, 'Url') ?? ''),
      body: field(parameters, 'Body'),
    },
  ];
}
