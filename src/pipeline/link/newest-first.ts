/**
 * Hands on the newest of what is offered, a few at a time.
 *
 * While as many as may be are under way, the newest offer waits and takes the place of the one that waited before it.
 */
export class NewestFirst<T> {
  readonly #send: (item: T) => Promise<void>;
  readonly #most: number;
  #waiting: { readonly item: T } | undefined;
  #underWay = 0;

  /** `send` deals with its own errors. */
  constructor(send: (item: T) => Promise<void>, mostUnderWay = 2) {
    this.#send = send;
    this.#most = mostUnderWay;
  }

  offer(item: T): void {
    this.#waiting = { item };
    this.#next();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting = undefined;
  }

  #next(): void {
    if (!this.#waiting || this.#underWay >= this.#most) return;
    const { item } = this.#waiting;
    this.#waiting = undefined;
    this.#underWay++;
    void this.#send(item).finally(() => {
      this.#underWay--;
      this.#next();
    });
  }
}
