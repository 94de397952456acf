import type { Clip } from '../clip/index.js';
import type { Listing, Problem, Score } from './listing.js';

/** One clip to show. */
export interface PreviewItem {
  readonly name: string;
  /** The file as people know it; shown, never opened by the server. */
  readonly file: string;
  /** Called whenever the page wants the clip. */
  readonly load: () => Clip | Promise<Clip>;
  /** Place in the library of the clip that this one was retargeted from. */
  readonly source?: number;
  readonly scores?: readonly Score[];
}

/** What a preview has to show; it may grow, and its clips may change, while the page is open. */
export class PreviewLibrary {
  /** The built-in skeleton that clips without a source are shown on to begin with. */
  readonly target: string | undefined;
  readonly #items: PreviewItem[] = [];
  readonly #versions: number[] = [];
  readonly #problems: Problem[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(items: readonly PreviewItem[] = [], target?: string) {
    this.target = target;
    for (const item of items) this.add(item);
  }

  get items(): readonly PreviewItem[] {
    return this.#items;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Adds a clip and gives its place, by which others name it as their source. */
  add(item: PreviewItem): number {
    this.#versions.push(0);
    const place = this.#items.push(item) - 1;
    this.#changed();
    return place;
  }

  /** Names a file that could not be read. */
  addProblem(problem: Problem): void {
    this.#problems.push(problem);
    this.#changed();
  }

  /** Says that clips are no longer what they were; pages that show them load them again. */
  markChanged(places: readonly number[]): void {
    for (const place of places) this.#versions[place]++;
    this.#changed();
  }

  /** Calls `listener` after every change until the function that is given back is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listing(): Listing {
    return {
      clips: this.#items.map(({ name, file, source, scores }, place) => ({
        id: String(place),
        version: this.#versions[place],
        name,
        file,
        ...(source === undefined ? {} : { sourceId: String(source) }),
        ...(scores === undefined ? {} : { scores }),
      })),
      problems: this.#problems,
      ...(this.target === undefined ? {} : { target: this.target }),
    };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
