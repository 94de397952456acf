import type { Clip } from '../../clip/index.js';
import type { Listing } from '../listing.js';
import { type Action, listenForKeys } from './actions.js';
import { listenForPointer } from './camera-pointer.js';
import { byId } from './element.js';
import { drawnJointPosition, type Inspection } from './inspection.js';
import { makeActions } from './page-actions.js';
import type { PageClip, PageClips } from './page-clips.js';
import { ClipList } from './panels/clip-list.js';
import { showFacts } from './panels/facts.js';
import { makeHelp } from './panels/help.js';
import { makeReadOut } from './panels/read-out.js';
import { Timeline } from './panels/timeline.js';
import { makeToolbar } from './panels/toolbar.js';
import { Player } from './player.js';
import { JointNames } from './scene/joint-names.js';
import { Stage, type ViewSettings } from './scene/stage.js';
import { ShownClip } from './shown-clip.js';

/** Longest step of real time that one picture makes up for, seconds; a page that slept does not leap. */
const LONGEST_STEP = 0.25;

/** The page: what is chosen, what is on show, and the one place that draws. */
export class Page {
  readonly player = new Player();
  readonly stage: Stage;
  readonly view: ViewSettings = { names: false, ground: true, paths: true, axes: false };
  readonly #clips: PageClips;
  readonly #list: ClipList;
  readonly #names: JointNames;
  readonly #timeline: Timeline;
  readonly #showReadOut = makeReadOut();
  readonly #updateButtons: (() => void)[];
  readonly #stageHost = byId('stage', HTMLElement);
  readonly #message = byId('message', HTMLElement);
  #chosen: string | undefined;
  #ready = false;
  #drawCount = 0;
  #scheduled = false;
  #lastTick: number | undefined;

  constructor(clips: PageClips, antialias: boolean) {
    this.#clips = clips;
    const canvas = byId('view', HTMLCanvasElement);
    this.stage = new Stage(canvas, antialias);
    this.#names = new JointNames(byId('names', HTMLCanvasElement));
    this.#timeline = new Timeline(byId('timeline', HTMLCanvasElement), (frame) => {
      this.player.playing = false;
      this.player.frame = frame;
      this.changed();
    });
    this.#list = new ClipList((id) => void this.choose(id));
    const changed = (): void => this.changed();
    const actions = makeActions({
      player: this.player,
      stage: this.stage,
      view: this.view,
      chooseNext: (by) => this.chooseNext(by),
      findClip: () => this.#list.focusSearch(),
      toggleHelp: () => toggleHelp(),
    });
    const toggleHelp = makeHelp(actions);
    const bySection = (...sections: string[]): Action[] =>
      actions.filter((action) => sections.includes(action.section));
    this.#updateButtons = [
      makeToolbar(byId('playback-tools', HTMLElement), bySection('Playback'), changed),
      makeToolbar(byId('view-tools', HTMLElement), bySection('View', 'Camera', 'Page'), changed),
    ];
    listenForKeys(actions, changed);
    listenForPointer(canvas, this.stage.orbit, changed);
    new ResizeObserver(() => this.#resize()).observe(this.#stageHost);
    this.#resize();
    this.#showList();
  }

  /** Chooses the clip that comes `by` places after the one on show. */
  chooseNext(by: number): void {
    const entries = this.#list.found;
    const at = entries.findIndex((entry) => entry.id === this.#chosen);
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + by))];
    if (next && next.id !== this.#chosen) void this.choose(next.id);
  }

  /** Loads a clip, and its source where it has one, and shows them. */
  async choose(id: string | undefined): Promise<void> {
    if (id === undefined) return this.tell('Nothing to show yet: drop a BVH, FBX or GLB file here.');
    this.#chosen = id;
    this.#showList();
    const entries = this.#clips.pairOf(id);
    const isStillWanted = (): boolean => this.#chosen === id;
    try {
      const clips = await Promise.all(entries.map((entry) => this.#clips.load(entry)));
      if (isStillWanted()) this.#show(entries, clips);
    } catch (error) {
      if (isStillWanted()) this.tell(error instanceof Error ? error.message : String(error));
    }
  }

  /** Takes a newer listing; clips on show whose files have changed are loaded again, at the same time. */
  async takeListing(listing: Listing): Promise<void> {
    const versions = (): string =>
      this.#clips
        .pairOf(this.#chosen ?? '')
        .map(({ id, version }) => `${id}@${version}`)
        .join();
    const before = versions();
    this.#clips.setListing(listing);
    if (this.#chosen === undefined || versions() !== before)
      await this.choose(this.#chosen ?? this.#clips.first);
    else this.#showList();
  }

  /** Reads files that were dropped or picked, and shows the first. */
  async addFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.tell(
      `Reading ${files
        .map((file) => file.name)
        .slice(0, 3)
        .join(', ')} …`,
    );
    // Readers are loaded when they are first needed: most pages only ever show what the server has.
    const { readFiles } = await import('./read-files.js');
    const read = await readFiles(files);
    const first = this.#clips.add(read);
    this.tell(read.problems[0]?.message);
    if (first === undefined) this.#showList();
    else await this.choose(first);
  }

  /** Says something over the picture; nothing takes the words away. */
  tell(text: string | undefined): void {
    this.#message.hidden = text === undefined;
    this.#message.textContent = text ?? '';
  }

  /** Draws once more, soon. */
  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame((now) => this.#tick(now));
  }

  get inspection(): Inspection {
    const { player, stage } = this;
    const ready = (): boolean => this.#ready;
    const drawCount = (): number => this.#drawCount;
    return {
      get ready() {
        return ready();
      },
      get time() {
        return player.time;
      },
      get frame() {
        return player.frame;
      },
      get playing() {
        return player.playing;
      },
      get drawCount() {
        return drawCount();
      },
      get figureCount() {
        return stage.figures.length;
      },
      setFrame: (frame) => {
        player.playing = false;
        player.frame = frame;
        for (const figure of stage.figures) figure.shown.setTime(player.time);
        this.changed();
      },
      jointPosition: (figure, joint) => drawnJointPosition(stage, figure, joint),
    };
  }

  #show(entries: readonly PageClip[], clips: readonly Clip[]): void {
    const shown = clips.map((clip) => new ShownClip(clip));
    const main = clips[clips.length - 1];
    this.player.setClip(main.frameCount, main.rate);
    for (const clip of shown) clip.setTime(this.player.time);
    this.stage.setClips(shown);
    this.#timeline.setClips(shown);
    showFacts(
      byId('facts', HTMLElement),
      entries.map((entry, k) => ({ entry, shown: shown[k] })),
    );
    const name = entries[entries.length - 1].name;
    byId('subject', HTMLElement).textContent = name;
    document.title = `${name} – Gaitway preview`;
    this.tell(undefined);
    this.changed();
  }

  #showList(): void {
    const { entries, problems } = this.#clips;
    this.#list.show(entries, this.#chosen, problems);
  }

  #tick(now: number): void {
    this.#scheduled = false;
    const seconds = this.#lastTick === undefined ? 0 : (now - this.#lastTick) / 1000;
    this.player.advance(Math.min(LONGEST_STEP, seconds));
    this.#draw();
    this.#lastTick = this.player.playing ? now : undefined;
    if (this.player.playing) this.changed();
  }

  #draw(): void {
    const { player, stage } = this;
    for (const figure of stage.figures) figure.shown.setTime(player.time);
    stage.setVisible(this.view);
    stage.draw();
    if (this.view.names) this.#names.draw(stage);
    else this.#names.clear();
    this.#placeTitles();
    this.#showGridStep();
    this.#timeline.draw(player);
    this.#showReadOut(player);
    for (const update of this.#updateButtons) update();
    this.#drawCount++;
    if (!this.#ready && stage.figures.length > 0) {
      this.#ready = true;
      document.documentElement.dataset.ready = 'true';
    }
  }

  #placeTitles(): void {
    const panes = this.stage.panes();
    const two = this.stage.figures.length > 1;
    [0, 1].forEach((k) => {
      const title = byId(`title-${k}`, HTMLElement);
      const pane = panes[k];
      title.hidden = !two || !pane;
      if (!pane) return;
      title.textContent = panes.length > 1 ? ['Source', 'Target'][k] : 'Target over source';
      title.style.left = `${pane.x}px`;
    });
  }

  #showGridStep(): void {
    const step = this.stage.gridStep;
    const length = step < 1 ? `${Math.round(100 * step * 100) / 100} cm` : `${step} m`;
    byId('grid-step', HTMLElement).textContent = this.view.ground ? `grid ${length}` : '';
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#stageHost;
    const ratio = Math.min(2, window.devicePixelRatio);
    this.stage.setSize(width, height, ratio);
    this.#names.setSize(width, height, ratio);
    this.changed();
  }
}
