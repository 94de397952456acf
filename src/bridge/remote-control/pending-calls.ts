import type { GaitwayError } from '../../errors.js';
import type { Clock } from '../clock.js';
import type { RouteRequest } from '../protocol/index.js';
import { cancelled, timedOut } from './faults.js';

/** A request on its way, and how its caller hears of the end. */
export interface PendingCall {
  readonly request: RouteRequest;
  readonly purpose: string;
  settle(outcome: GaitwayError | { readonly body: unknown }): void;
}

export interface Expectation {
  readonly request: RouteRequest;
  readonly purpose: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting extends PendingCall {
  /** When it was sent, or when a call that was sent before it was answered, whichever is later. */
  since: number;
}

/**
 * Requests that wait for an answer, by id.
 *
 * The editor gives about one answer a tick, three a second in the background, so the last of many calls waits long
 * though nothing is wrong. A call's time limit therefore counts from the last answer to a call before it: it runs
 * out where the editor has given none for so long.
 */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a new id, hands it to `send`, and waits until that id is settled, its time is over, or it is cancelled. */
  expect({ request, purpose, timeoutMs, signal }: Expectation, send: (id: number) => void): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const settle: PendingCall['settle'] = (outcome) => {
        if (!this.#waiting.delete(id)) return;
        stopTimer();
        signal?.removeEventListener('abort', abort);
        if ('body' in outcome) resolve(outcome.body);
        else reject(outcome);
      };
      const waiting: Waiting = { request, purpose, settle, since: this.#clock.now() };
      const abort = (): void => settle(cancelled(request, purpose));
      const look = (): void => {
        const left = waiting.since + timeoutMs - this.#clock.now();
        if (left <= 0) settle(timedOut(request, purpose, timeoutMs));
        else stopTimer = this.#clock.after(left, look);
      };
      let stopTimer = this.#clock.after(timeoutMs, look);
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.set(id, waiting);
      send(id);
    });
  }

  /** The call that an answer is for; those sent after it have their whole time again. */
  answered(id: number): PendingCall | undefined {
    const call = this.#waiting.get(id);
    if (!call) return undefined;
    const now = this.#clock.now();
    for (const [other, waiting] of this.#waiting) if (other > id) waiting.since = now;
    return call;
  }

  get oldest(): PendingCall | undefined {
    return this.#waiting.values().next().value;
  }

  /** Ends all of them. */
  fail(reason: (call: PendingCall) => GaitwayError): void {
    for (const call of [...this.#waiting.values()]) call.settle(reason(call));
  }
}
