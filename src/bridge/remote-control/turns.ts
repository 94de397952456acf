/** Lets so many through at once; the others wait in the order in which they came. */
export class Turns {
  readonly #most: number;
  readonly #queue: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs `work` when it is its turn; one that was aborted while it waited runs at once, to say so itself. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#taken >= this.#most && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          this.#queue.splice(this.#queue.indexOf(go), 1);
          resolve();
        };
        this.#queue.push(go);
        signal?.addEventListener('abort', leave, { once: true });
      });
    }
    this.#taken++;
    try {
      return await work();
    } finally {
      this.#taken--;
      if (this.#taken < this.#most) this.#queue.shift()?.();
    }
  }
}
