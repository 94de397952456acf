import type { Clip } from '../../clip/index.js';
import type { ListedClip, Listing, Problem } from '../listing.js';
import { fetchClip } from './listing-client.js';
import type { ReadFiles } from './read-files.js';

/** A clip that the page can show: listed by the server, or dropped on the page. */
export type PageClip = ListedClip;

/** Clips kept after they were shown, so that going back is at once. */
const MOST_KEPT = 8;

/** All clips of the page, and the few that are loaded. */
export class PageClips {
  #listing: Listing;
  readonly #dropped: { readonly entry: PageClip; readonly clip: Clip }[] = [];
  readonly #droppedProblems: Problem[] = [];
  readonly #kept = new Map<string, Promise<Clip>>();

  constructor(listing: Listing) {
    this.#listing = listing;
  }

  get entries(): readonly PageClip[] {
    return [...this.#listing.clips, ...this.#dropped.map(({ entry }) => entry)];
  }

  get problems(): readonly Problem[] {
    return [...this.#listing.problems, ...this.#droppedProblems];
  }

  /** The built-in skeleton to begin with; empty for none. */
  get target(): string {
    return this.#listing.target ?? '';
  }

  /** The clip to begin with: the first that has a source, else the first. */
  get first(): string | undefined {
    const { entries } = this;
    return (entries.find((entry) => entry.sourceId !== undefined) ?? entries[0])?.id;
  }

  /** Takes what the server has now; clips that were kept in an older version are loaded again. */
  setListing(listing: Listing): void {
    this.#listing = listing;
  }

  /** The entry of that id with its source before it, where it has one. */
  pairOf(id: string): PageClip[] {
    const { entries } = this;
    const entry = entries.find((candidate) => candidate.id === id);
    const source = entries.find((candidate) => candidate.id === entry?.sourceId);
    return [source, entry].filter((found) => found !== undefined);
  }

  /** Adds clips that were read in the page itself, and gives the id of the first. */
  add({ clips, problems }: ReadFiles): string | undefined {
    const from = this.#dropped.length;
    this.#droppedProblems.push(...problems);
    clips.forEach(({ name, file, clip }, k) => {
      this.#dropped.push({ entry: { id: `dropped-${from + k}`, version: 0, name, file }, clip });
    });
    return this.#dropped[from]?.entry.id;
  }

  load(entry: PageClip): Promise<Clip> {
    const dropped = this.#dropped.find((candidate) => candidate.entry === entry);
    if (dropped) return Promise.resolve(dropped.clip);
    const key = `${entry.id}@${entry.version}`;
    const loading = this.#kept.get(key) ?? fetchClip(entry.id);
    this.#kept.delete(key);
    this.#kept.set(key, loading);
    loading.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return loading;
  }
}
