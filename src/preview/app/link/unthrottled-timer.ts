/**
 * Calls a function again and again, also while the page is behind another window.
 *
 * Browsers slow the timers of hidden pages down to one call a second or less, but not those of their workers; whoever looks
 * at the editor has the page behind it.
 */
export class UnthrottledTimer {
  readonly #everyMs: number;
  readonly #call: () => void;
  #worker: Worker | undefined;

  constructor(everyMs: number, call: () => void) {
    this.#everyMs = everyMs;
    this.#call = call;
  }

  start(): void {
    if (this.#worker) return;
    this.#worker = new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', this.#call);
    this.#worker.postMessage(this.#everyMs);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
