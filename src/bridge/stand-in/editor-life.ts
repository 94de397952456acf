import { answerAsk, type Gate } from './answer-ask.js';
import type { EditorPython } from './editor-python.js';
import type { Mischief } from './mischief.js';
import { Presets } from './presets.js';
import { SocketServer } from './socket-server.js';

/** What outlasts a restart and may change at any time. */
export interface Mood {
  /** It does not tick, as while a dialog is open. */
  paused: boolean;
  /** It answers, but gives its Python no time between answers: jobs stay where they are. */
  jobsHeld: boolean;
  mischief: Mischief;
}

export interface LifeOptions extends Gate {
  readonly port: number;
  readonly periodMs: number;
  readonly ticksBeforePlugin?: number;
  readonly deafTicks?: number;
}

/** One life of the editor, from its start to its end: a server, its Python, and the main loop. */
export interface EditorLife {
  readonly port: number;
  readonly sockets: SocketServer;
  readonly python: EditorPython;
  /** The main loop: settles when it has ended, rejected where its Python failed. */
  readonly looping: Promise<void>;
  /** Ends it: closed, which the plugin hears of, or crashed. */
  end(how: 'closed' | 'crashed'): Promise<void>;
}

/** Changes of presets' fields are told every so many frames. */
const TICKS_BETWEEN_NEWS = 5;

/** @throws GaitwayError `bridge/port-taken`, or what `boot` throws. */
export async function openLife(
  { ticksBeforePlugin = 0, deafTicks = 0, periodMs, ...options }: LifeOptions,
  mood: Mood,
  boot: () => Promise<EditorPython>,
): Promise<EditorLife> {
  const sockets = await SocketServer.listen(options.port);
  const python = await boot().catch(async (error) => {
    await sockets.close();
    throw error;
  });
  const editor = { python, presets: new Presets() };
  let over = false;
  const loop = async (): Promise<void> => {
    for (let ticks = 0; !over; ticks++) {
      const start = performance.now();
      if (!mood.paused) {
        if (ticks < deafTicks) sockets.lose();
        await sockets.tick(mood.mischief, (ask) => answerAsk(editor, options, ask));
        if (ticks >= ticksBeforePlugin && !mood.jobsHeld) await python.tick(periodMs / 1000);
        if (ticks % TICKS_BETWEEN_NEWS === 0)
          for (const { preset, event } of await editor.presets.news(python)) sockets.tell(event, preset);
      }
      const rest = Math.max(0, start + periodMs - performance.now());
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  };
  const looping = loop();
  // Whoever waits for it hears of a failure; nobody has to.
  looping.catch(() => {});
  return {
    port: sockets.port,
    sockets,
    python,
    looping,
    async end(how) {
      over = true;
      await sockets.close();
      await looping.catch(() => {});
      await (how === 'closed' ? python.close() : python.kill());
    },
  };
}
