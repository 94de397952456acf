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

  /** Times a second; 0 where it happened once at most. */
  get hz(): number {
    const now = this.#clock.now();
    while (this.#times.length > 0 && (this.#times[0] as number) < now - WINDOW_MS) this.#times.shift();
    const [first] = this.#times;
    const gaps = this.#times.length - 1;
    return first !== undefined && gaps > 0 ? (1000 * gaps) / Math.max(1, now - first) : 0;
  }
}
