import type { Clip } from '../../clip/index.js';
import type { ListedClip, Listing, Problem } from '../listing.js';
import { fetchClip } from './listing-client.js';
import type { ReadFiles } from './read-files.js';

/** A clip that the page can show: listed by the server, dropped on the page, or what the editor plays. */
export interface PageClip extends ListedClip {
  /** Its pose comes from the editor; there are no frames to go to. */
  readonly isLive?: boolean;
  /** What it is called as an asset, where not by its name. */
  readonly assetName?: string;
}

/** Clips kept after they were shown, so that going back is at once. */
const MOST_KEPT = 8;

/** All clips of the page, and the few that are loaded. */
export class PageClips {
  #listing: Listing;
  readonly #dropped: { readonly entry: PageClip; readonly clip: Clip }[] = [];
  #live: { readonly entry: PageClip; readonly clip: Clip } | undefined;
  readonly #droppedProblems: Problem[] = [];
  readonly #kept = new Map<string, Promise<Clip>>();

  constructor(listing: Listing) {
    this.#listing = listing;
  }

  get entries(): readonly PageClip[] {
    const live = this.#live ? [this.#live.entry] : [];
    return [...live, ...this.#listing.clips, ...this.#dropped.map(({ entry }) => entry)];
  }

  get problems(): readonly Problem[] {
    return [...this.#listing.problems, ...this.#droppedProblems];
  }

  /** There is an editor to talk to. */
  get isLinked(): boolean {
    return this.#listing.isLinked ?? false;
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

  /** Takes what the editor plays into the list, first; gives its id. */
  setLive(name: string, clip: Clip): string {
    const version = (this.#live?.entry.version ?? 0) + 1;
    this.#live = { entry: { id: 'editor', version, name, file: 'live from the editor', isLive: true }, clip };
    return this.#live.entry.id;
  }

  removeLive(): void {
    this.#live = undefined;
  }

  load(entry: PageClip): Promise<Clip> {
    if (entry === this.#live?.entry) return Promise.resolve(this.#live.clip);
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
