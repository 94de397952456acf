import { GaitwayError } from '../../errors.js';
import { inLanes } from '../lanes.js';

/** How one of several pushes ended. */
export interface PushOutcome<R> {
  readonly name: string;
  /** Content path that the clip was meant for. */
  readonly target: string;
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly result?: R;
  readonly error?: { readonly code: string; readonly message: string };
}

/** After these nothing else can succeed either; what is left is skipped and said to be. */
const FATAL = new Set([
  'bridge/unreachable',
  'bridge/plugin-missing',
  'bridge/bad-token',
  'bridge/denied',
  'bridge/protocol-mismatch',
  'bridge/http-server-stopped',
  'bridge/cancelled',
]);

/**
 * Pushes items, `atOnce` at a time, and tells in their order how each ended; none is tried twice.
 *
 * An item that fails does not stop the others, unless the editor itself is out of reach. Two at once let one be prepared
 * and sent while the editor writes the other.
 */
export async function pushEach<T extends { readonly name: string; readonly target: string }, R>(
  items: readonly T[],
  pushOne: (item: T) => Promise<R>,
  atOnce = 1,
): Promise<PushOutcome<R>[]> {
  const outcomes: PushOutcome<R>[] = [];
  let fatal: GaitwayError | undefined;
  await inLanes(items, atOnce, async (item, index) => {
    const { name, target } = item;
    if (fatal) {
      const message = `Not tried, because of an earlier failure: ${fatal.message}`;
      outcomes[index] = { name, target, state: 'skipped', error: { code: fatal.code, message } };
      return;
    }
    try {
      outcomes[index] = { name, target, state: 'ok', result: await pushOne(item) };
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      const { code, message } = error;
      outcomes[index] = { name, target, state: 'failed', error: { code, message } };
      if (FATAL.has(code)) fatal = error;
    }
  });
  return outcomes;
}
