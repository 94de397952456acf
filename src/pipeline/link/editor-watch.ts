import {
  type CallGives,
  type Clock,
  type EditorSession,
  sleep,
  type UeMenuEvent,
} from '../../bridge/index.js';
import { GaitwayError } from '../../errors.js';

/** What the editor tells of itself: selection and playback. */
export type EditorView = Pick<CallGives<'watch'>, 'selection' | 'playback'>;

export interface EditorWatchOptions {
  /** Opens a session with the editor and greets its plugin. */
  readonly open: () => Promise<EditorSession>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The editor is to tick fast, and is asked often. */
  readonly isBusy: () => boolean;
  readonly onOpen: (greeting: CallGives<'hello'>) => void;
  readonly onView: (view: EditorView) => void;
  /** Once for each click in the editor's menus. */
  readonly onClick: (event: UeMenuEvent) => void;
  /** The editor does not answer; it is looked for again until the signal is aborted. */
  readonly onLost: (why: GaitwayError) => void;
}

const IDLE_EVERY_MS = 250;
const BUSY_EVERY_MS = 100;
/** An editor that is silent for so long counts as gone. */
const ANSWER_WITHIN_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Asks the editor again and again what is selected and what was clicked, until `signal` is aborted.
 *
 * Clicks from before the first answer belong to nobody and are passed over; those of an editor that was restarted are
 * not.
 */
export async function watchEditor(options: EditorWatchOptions): Promise<void> {
  const { clock, signal } = options;
  let session: EditorSession | undefined;
  let after: number | undefined;
  while (!signal.aborted) {
    try {
      if (!session) {
        session = await options.open();
        options.onOpen(await session.hello());
      }
      const given: CallGives<'watch'> = await session.call(
        'watch',
        { after: after ?? 0, awake: options.isBusy() },
        { purpose: 'watching the editor', timeoutMs: ANSWER_WITHIN_MS, signal },
      );
      options.onView({ selection: given.selection, playback: given.playback });
      if (after !== undefined) given.events.forEach(options.onClick);
      after = given.latest;
      await sleep(clock, options.isBusy() ? BUSY_EVERY_MS : IDLE_EVERY_MS, signal);
    } catch (error) {
      session?.close();
      session = undefined;
      if (signal.aborted) break;
      if (!(error instanceof GaitwayError)) throw error;
      options.onLost(error);
      await sleep(clock, LOOK_AGAIN_MS, signal);
    }
  }
  session?.close();
}
