import { GaitwayError } from '../../errors.js';

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
 * Pushes items one after the other and tells how each ended; none is tried twice.
 *
 * An item that fails does not stop the others, unless the editor itself is out of reach.
 */
export async function pushEach<T extends { readonly name: string; readonly target: string }, R>(
  items: readonly T[],
  pushOne: (item: T) => Promise<R>,
): Promise<PushOutcome<R>[]> {
  const outcomes: PushOutcome<R>[] = [];
  let fatal: GaitwayError | undefined;
  for (const item of items) {
    const { name, target } = item;
    if (fatal) {
      const message = `Not tried, because of an earlier failure: ${fatal.message}`;
      outcomes.push({ name, target, state: 'skipped', error: { code: fatal.code, message } });
      continue;
    }
    try {
      outcomes.push({ name, target, state: 'ok', result: await pushOne(item) });
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      const { code, message } = error;
      outcomes.push({ name, target, state: 'failed', error: { code, message } });
      if (FATAL.has(code)) fatal = error;
    }
  }
  return outcomes;
}
