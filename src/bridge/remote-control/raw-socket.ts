import { type RawData, WebSocket } from 'ws';

/** A frame as it came. */
export interface RawFrame {
  readonly isBinary: boolean;
  readonly text: string;
}

/** A WebSocket to an editor without the client's manners, for looking at what the editor itself does. */
export interface RawSocket {
  send(message: unknown): void;
  /** The next frame that fits, or undefined where none comes in time. */
  next(withinMs: number, fits?: (frame: RawFrame) => boolean): Promise<RawFrame | undefined>;
  close(): void;
}

/** @throws Error where nothing answers. */
export async function openRawSocket(port: number): Promise<RawSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    next: (withinMs, fits = () => true) =>
      new Promise((resolve) => {
        const finish = (frame?: RawFrame): void => {
          clearTimeout(timer);
          socket.off('message', hear);
          resolve(frame);
        };
        const hear = (data: RawData, isBinary: boolean): void => {
          const frame = { isBinary, text: String(data) };
          if (fits(frame)) finish(frame);
        };
        const timer = setTimeout(finish, withinMs);
        socket.on('message', hear);
      }),
    close: () => socket.terminate(),
  };
}
