import type { Clip } from '../../clip/index.js';
import type { ListedClip, Listing, Problem } from '../listing.js';
import { fetchClip } from './listing-client.js';

/** A clip that the page can show: listed by the server, or dropped on the page. */
export type PageClip = ListedClip;

/** Clips kept after they were shown, so that going back is at once. */
const MOST_KEPT = 8;

/** All clips of the page, and the few that are loaded. */
export class PageClips {
  readonly problems: Problem[];
  readonly #entries: PageClip[];
  readonly #dropped = new Map<string, Clip>();
  readonly #kept = new Map<string, Promise<Clip>>();

  constructor(listing: Listing) {
    this.#entries = [...listing.clips];
    this.problems = [...listing.problems];
  }

  get entries(): readonly PageClip[] {
    return this.#entries;
  }

  /** The entry of that id with its source before it, where it has one. */
  pairOf(id: string): PageClip[] {
    const entry = this.#entries.find((candidate) => candidate.id === id);
    const source = this.#entries.find((candidate) => candidate.id === entry?.sourceId);
    return [source, entry].filter((found) => found !== undefined);
  }

  /** Adds a clip that was read in the page itself, and gives its id. */
  add(clip: Clip, file: string): string {
    const id = `dropped-${this.#dropped.size}`;
    this.#dropped.set(id, clip);
    this.#entries.push({ id, name: clip.name || file, file });
    return id;
  }

  load(id: string): Promise<Clip> {
    const dropped = this.#dropped.get(id);
    if (dropped) return Promise.resolve(dropped);
    const loading = this.#kept.get(id) ?? fetchClip(id);
    this.#kept.delete(id);
    this.#kept.set(id, loading);
    loading.catch(() => this.#kept.delete(id));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return loading;
  }
}
