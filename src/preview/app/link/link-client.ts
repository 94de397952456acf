import { packFrame, readFrame } from '../../link-frame.js';
import { type PageMessage, ServerMessage } from '../../link-messages.js';

export interface LinkHandlers {
  readonly onMessage: (message: ServerMessage, body: Uint8Array) => void;
  readonly onClose: () => void;
}

const AGAIN_MS = 1_000;
/** So many bytes wait at most before poses are left out: the newest wins. */
const MOST_BEHIND = 64 * 1024;

/** The page's WebSocket to the server, opened again whenever it closes. */
export class LinkClient {
  readonly #handlers: LinkHandlers;
  #socket: WebSocket | undefined;

  constructor(handlers: LinkHandlers) {
    this.#handlers = handlers;
    this.#open();
  }

  send(message: PageMessage, body?: Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(new Uint8Array(packFrame(message, body)));
  }

  /** Sends numbers that are worth something only now; they are left out where the server is behind. */
  sendPose(values: Float32Array): void {
    if ((this.#socket?.bufferedAmount ?? 0) > MOST_BEHIND) return;
    this.send({ type: 'pose' }, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  #open(): void {
    const socket = new WebSocket(new URL('link', location.href.replace(/^http/, 'ws')));
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', (event) => {
      const frame = readFrame(new Uint8Array(event.data as ArrayBuffer));
      const message = ServerMessage.safeParse(frame?.header);
      if (frame && message.success) this.#handlers.onMessage(message.data, frame.body);
    });
    socket.addEventListener('close', () => {
      this.#handlers.onClose();
      setTimeout(() => this.#open(), AGAIN_MS);
    });
  }
}
