import type { Clock } from '../../bridge/index.js';

const WINDOW_MS = 2_000;

/** How often something happens, over the last two seconds. */
export class Frequency {
  readonly #clock: Clock;
  readonly #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(): void {
    this.#times.push(this.#clock.now());
  }

  /** Times a second. */
  get hz(): number {
    const since = this.#clock.now() - WINDOW_MS;
    while (this.#times.length > 0 && (this.#times[0] as number) < since) this.#times.shift();
    return this.#times.length / (WINDOW_MS / 1000);
  }
}
