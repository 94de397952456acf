import { type Action, listenForKeys } from './actions.js';
import { listenForPointer } from './camera-pointer.js';
import { byId } from './element.js';
import { drawnJointPosition, type Inspection } from './inspection.js';
import { EditorLink } from './link/editor-link.js';
import { makeActions } from './page-actions.js';
import type { PageClips } from './page-clips.js';
import { ClipList } from './panels/clip-list.js';
import { showFacts } from './panels/facts.js';
import { makeHelp } from './panels/help.js';
import { makeReadOut } from './panels/read-out.js';
import { TargetChoice } from './panels/target-choice.js';
import { Timeline } from './panels/timeline.js';
import { makeToolbar } from './panels/toolbar.js';
import { Player } from './player.js';
import { JointNames } from './scene/joint-names.js';
import { Stage, type ViewSettings } from './scene/stage.js';
import { Selection, type Shown } from './selection.js';

/** Longest step of real time that one picture makes up for, seconds; a page that slept does not leap. */
const LONGEST_STEP = 0.25;
/** A page that has drawn nothing for so long is hidden or slow, milliseconds. */
const OVERDUE_MS = 25;

/** The page: what is on show, and the one place that draws. */
export class Page {
  readonly player = new Player();
  readonly stage: Stage;
  readonly selection: Selection;
  readonly view: ViewSettings = { names: false, ground: true, paths: true, axes: false };
  readonly #list: ClipList;
  readonly #names: JointNames;
  readonly #timeline: Timeline;
  readonly #showReadOut = makeReadOut();
  readonly #updateButtons: (() => void)[];
  readonly #stageHost = byId('stage', HTMLElement);
  readonly #message = byId('message', HTMLElement);
  #shown: Shown | undefined;
  #ready = false;
  #drawCount = 0;
  #scheduled = false;
  #lastTick: number | undefined;

  constructor(clips: PageClips, antialias: boolean) {
    const canvas = byId('view', HTMLCanvasElement);
    this.stage = new Stage(canvas, antialias);
    this.#names = new JointNames(byId('names', HTMLCanvasElement));
    this.#timeline = new Timeline(byId('timeline', HTMLCanvasElement), (frame) => {
      this.player.playing = false;
      this.player.frame = frame;
      this.changed();
    });
    this.#list = new ClipList((id) => void this.selection.choose(id));
    this.selection = new Selection(clips, {
      list: (entries, chosen, problems) => this.#list.show(entries, chosen, problems),
      show: (shown) => this.#show(shown),
      tell: (text) => this.tell(text),
    });
    const target = new TargetChoice((name) => void this.selection.setTarget(name));
    target.show(this.selection.target);
    const changed = (): void => this.changed();
    const actions = makeActions({
      player: this.player,
      stage: this.stage,
      view: this.view,
      chooseNext: (by) => this.#chooseNext(by),
      chooseTarget: () => target.focus(),
      findClip: () => this.#list.focusSearch(),
      toggleHelp: () => toggleHelp(),
    });
    if (clips.isLinked) actions.push(...new EditorLink(this).actions);
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
    this.selection.list();
  }

  /** Says something over the picture, or takes the words away. */
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

  /** What is on show; the target where there are two. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** Moves time on where it plays and the page draws nothing, being hidden or slow. */
  advance(): void {
    const now = performance.now();
    if (!this.player.playing || this.#lastTick === undefined || now - this.#lastTick < OVERDUE_MS) return;
    this.player.advance(Math.min(LONGEST_STEP, (now - this.#lastTick) / 1000));
    this.#lastTick = now;
    for (const figure of this.stage.figures) figure.shown.setTime(this.player.time);
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

  #show(clips: readonly Shown[]): void {
    const shown = clips.map((each) => each.shown);
    const main = clips[clips.length - 1];
    this.player.setClip(main.shown.clip.frameCount, main.shown.clip.rate);
    for (const clip of shown) clip.setTime(this.player.time);
    const sameAsBefore =
      clips.length === this.stage.figures.length && main.entry.id === this.#shown?.entry.id;
    this.#shown = main;
    this.stage.setClips(shown, !sameAsBefore);
    this.#timeline.setClips(shown);
    showFacts(byId('facts', HTMLElement), clips);
    byId('subject', HTMLElement).textContent = main.entry.name;
    document.title = `${main.entry.name} – Gaitway preview`;
    this.changed();
  }

  #chooseNext(by: number): void {
    const entries = this.#list.found;
    const at = entries.findIndex((entry) => entry.id === this.selection.chosen);
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + by))];
    if (next && next.id !== this.selection.chosen) void this.selection.choose(next.id);
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
