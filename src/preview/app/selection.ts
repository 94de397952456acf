import type { Clip } from '../../clip/index.js';
import type { Listing, Problem } from '../listing.js';
import { scoresOf } from '../scores.js';
import type { PageClip, PageClips } from './page-clips.js';
import { Retargeter } from './retargeter.js';
import { ShownClip } from './shown-clip.js';

/** A clip on show and what the list says of it. */
export interface Shown {
  readonly entry: PageClip;
  readonly shown: ShownClip;
}

/** What the page does with a choice. */
export interface SelectionView {
  list(clips: readonly PageClip[], chosen: string | undefined, problems: readonly Problem[]): void;
  /** Source before target where there are two. */
  show(clips: readonly Shown[]): void;
  /** Says something, or nothing any more. */
  tell(text: string | undefined): void;
}

/** Which clip is chosen and what it is shown beside: its source, or itself on a built-in skeleton. */
export class Selection {
  readonly #clips: PageClips;
  readonly #view: SelectionView;
  readonly #retargeter = new Retargeter();
  #chosen: string | undefined;
  #target: string;
  /** The clip that is on show beside its result. */
  #retargeted: string | undefined;
  /** Counts choices, so that a slow answer to an old one is known as such. */
  #turn = 0;

  constructor(clips: PageClips, view: SelectionView) {
    this.#clips = clips;
    this.#view = view;
    this.#target = clips.target;
  }

  get chosen(): string | undefined {
    return this.#chosen;
  }

  /** The built-in skeleton that clips without a source are carried onto; empty for none. */
  get target(): string {
    return this.#target;
  }

  async setTarget(target: string): Promise<void> {
    this.#target = target;
    await this.choose(this.#chosen);
  }

  /** Loads a clip and shows it, with its source or retargeted where that is asked for. */
  async choose(id: string | undefined): Promise<void> {
    const turn = ++this.#turn;
    this.#chosen = id;
    this.list();
    if (id === undefined) return this.#view.tell('Nothing to show yet: drop a BVH, FBX or GLB file here.');
    try {
      const clips = await Promise.all(
        this.#clips
          .pairOf(id)
          .map(async (entry) => ({ entry, shown: new ShownClip(await this.#clips.load(entry)) })),
      );
      if (turn !== this.#turn) return;
      const retargets = clips.length === 1 && this.#target !== '' && !clips[0].entry.isLive;
      // A clip that is already on show beside its result stays until the new result is there.
      if (!retargets || this.#retargeted !== id) this.#view.show(clips);
      this.#retargeted = undefined;
      this.#view.tell(undefined);
      if (retargets) await this.#showRetargeted(clips[0], turn);
    } catch (error) {
      if (turn === this.#turn) this.#view.tell(error instanceof Error ? error.message : String(error));
    }
  }

  /** Takes a newer listing; clips on show whose files have changed are loaded again. */
  async takeListing(listing: Listing): Promise<void> {
    const versions = (): string =>
      this.#clips
        .pairOf(this.#chosen ?? '')
        .map(({ id, version }) => `${id}@${version}`)
        .join();
    const before = versions();
    this.#clips.setListing(listing);
    if (this.#chosen === undefined) await this.choose(this.#clips.first);
    else if (versions() !== before) await this.choose(this.#chosen);
    else this.list();
  }

  /** Shows what the editor plays, from now on under that name. */
  async showLive(name: string, clip: Clip): Promise<void> {
    await this.choose(this.#clips.setLive(name, clip));
  }

  /** What the editor plays is gone; where it was on show, another clip is. */
  async removeLive(): Promise<void> {
    const wasShown = this.#clips.entries.find(({ id }) => id === this.#chosen)?.isLive;
    this.#clips.removeLive();
    if (wasShown) await this.choose(this.#clips.first);
    else this.list();
  }

  /** Reads files that were dropped or picked, and shows the first. */
  async addFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#view.tell(`Reading ${files[0].name}${files.length > 1 ? ` and ${files.length - 1} more` : ''} …`);
    // Readers are loaded when they are first needed: most pages only ever show what the server has.
    const { readFiles } = await import('./read-files.js');
    const read = await readFiles(files);
    const first = this.#clips.add(read);
    if (first !== undefined) await this.choose(first);
    else this.list();
    this.#view.tell(read.problems[0]?.message);
  }

  list(): void {
    this.#view.list(this.#clips.entries, this.#chosen, this.#clips.problems);
  }

  async #showRetargeted(source: Shown, turn: number): Promise<void> {
    const { clip, anatomy } = source.shown;
    if (!anatomy.body) return this.#view.tell(anatomy.fault);
    const target = this.#target;
    this.#view.tell(`Retargeting to ${target} …`);
    const { clip: carried, report } = await this.#retargeter.retarget(clip, anatomy.body, target);
    if (turn !== this.#turn) return;
    const entry = {
      ...source.entry,
      name: `${source.entry.name} on ${target}`,
      assetName: source.entry.name,
      file: 'not written yet',
      scores: scoresOf(report.quality, report.warnings),
    };
    this.#retargeted = source.entry.id;
    this.#view.show([source, { entry, shown: new ShownClip(carried) }]);
    this.#view.tell(undefined);
  }
}
