import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A request as the client sent it. */
export interface SeenRequest {
  readonly MessageName: string;
  readonly Id: number;
  readonly Passphrase?: string;
  readonly Parameters: {
    readonly RequestId: number;
    readonly Url: string;
    readonly Verb: string;
    readonly Body: Record<string, unknown>;
  };
}

export interface ScriptedEditor {
  readonly port: number;
  /** Every message that came, in order, over all connections. */
  readonly seen: SeenRequest[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A WebSocket server on a free port that answers as `answer` says; for faults that a real editor would need luck for. */
export async function scriptedEditor(
  answer: (request: SeenRequest, socket: WebSocket, count: number) => void,
  port = 0,
): Promise<ScriptedEditor> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  const seen: SeenRequest[] = [];
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    socket.on('message', (data, isBinary) => {
      if (isBinary) throw new Error('the editor takes text frames only');
      const request = JSON.parse(data.toString()) as SeenRequest;
      seen.push(request);
      answer(request, socket, seen.length);
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    connections: () => connections,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a reply as the editor does: JSON in a binary frame. */
export function sendReply(socket: WebSocket, id: number, status: number, body: unknown): void {
  const frame = { RequestId: id, ResponseCode: status, ResponseBody: body };
  socket.send(Buffer.from(JSON.stringify(frame)), { binary: true });
}
