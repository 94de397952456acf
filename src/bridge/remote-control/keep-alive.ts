import { connect } from 'node:net';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.js';

/** How often the connection is looked at. */
const LOOK_MS = 1_000;
/** After so long without a word it is doubted. */
const QUIET_MS = 2_500;
/** A host that is there takes a connection sooner. */
const KNOCK_MS = 1_200;

/** `answering`, or `busy`: there, but without a word for some seconds, as while it saves or shows a dialog. */
export type EditorState = 'answering' | 'busy';

/**
 * Watches an open connection until it closes; a dead editor is noticed within 5 seconds.
 *
 * The editor answers pings on its game thread, so a long save is as silent as a machine that is gone. What
 * tells them apart is the port: while the program lives, its system takes new connections to it. So a quiet
 * connection is knocked at from aside, and broken only where nothing opens.
 */
export function keepAlive(
  socket: WebSocket,
  { host, port, clock }: { readonly host: string; readonly port: number; readonly clock: Clock },
  onState: (state: EditorState) => void,
): void {
  let heard = clock.now();
  let knocked = heard;
  let state: EditorState = 'answering';
  const turn = (next: EditorState): void => {
    if (state === next) return;
    state = next;
    onState(next);
  };
  const hear = (): void => {
    heard = clock.now();
    turn('answering');
  };
  const look = async (): Promise<void> => {
    const quiet = clock.now() - Math.max(heard, knocked);
    if (quiet >= QUIET_MS) {
      knocked = clock.now();
      const there = await opens(host, port);
      if (socket.readyState !== socket.OPEN) return;
      if (!there) return socket.terminate();
      if (clock.now() - heard >= QUIET_MS) turn('busy');
    } else if (clock.now() - heard >= LOOK_MS) socket.ping();
    stop = clock.after(LOOK_MS, look);
  };
  let stop = clock.after(LOOK_MS, look);
  socket.on('message', hear);
  socket.on('pong', hear);
  socket.once('close', () => stop());
}

/** Whether a connection to the port can be opened. */
function opens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const knock = connect({ host, port, timeout: KNOCK_MS });
    const end = (open: boolean) => (): void => {
      knock.destroy();
      resolve(open);
    };
    knock.once('connect', end(true));
    knock.once('timeout', end(false));
    knock.once('error', end(false));
  });
}
