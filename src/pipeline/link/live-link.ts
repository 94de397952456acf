import {
  type CallGives,
  type Clock,
  connectEditor,
  type EditorSession,
  type PushReport,
  pullSkeleton,
  pushClip,
  readToken,
  type SessionOptions,
  systemClock,
  type UeMenuEvent,
  type UeSelection,
} from '../../bridge/index.js';
import { type Clip, type LocalPose, makeRate, type WorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { editorStateText } from '../editor-link.js';
import { nameAsset } from '../name-asset.js';
import type { Project } from '../project.js';
import { type PullStageReport, pullStage } from '../pull-stage.js';
import { EditorFigure, type FigureRequest, type ShownFigure } from './editor-figure.js';
import { type EditorView, watchEditor } from './editor-watch.js';
import { PoseStream, type Subject } from './pose-stream.js';

export interface LiveLinkOptions {
  readonly project: Project;
  /** Overrides the port of `gaitway.json`. */
  readonly port?: number;
  /** Folder for what is pulled. */
  readonly out: string;
  /** Pulling replaces files that are there. */
  readonly replacesPulled: boolean;
  /** Pushing writes over animations that Gaitway did not make. */
  readonly force: boolean;
  /** Mesh of the preview's figure in the editor, where none is selected there. */
  readonly mesh: string;
  readonly clock?: Clock;
  readonly signal: AbortSignal;
}

/** What a link is about, all of it, whenever something of it changes. */
export interface LinkState {
  readonly isOpen: boolean;
  /** Why the editor cannot be reached; empty where it is. */
  readonly why: string;
  readonly engine: string;
  readonly project: string;
  readonly selection: UeSelection;
  readonly playback: EditorView['playback'];
  /** The animation of the editor whose poses come; empty for none. */
  readonly followed: string;
  readonly figure: ShownFigure | null;
  /** Poses a second from the editor and to it. */
  readonly fromHz: number;
  readonly toHz: number;
  /** Content folder that clips are pushed to, unless said otherwise. */
  readonly content: string;
}

/** What a link tells. */
export interface LinkEvents {
  readonly state?: (state: LinkState) => void;
  readonly subject?: (subject: Subject) => void;
  readonly pose?: (number: number, pose: LocalPose) => void;
  /** A sentence for people. */
  readonly notice?: (text: string, isFault: boolean) => void;
  /** Files that were pulled, and whether somebody asked to see them. */
  readonly pulled?: (files: readonly string[], isToShow: boolean) => void;
  /** The editor asks for what is on show to be pushed into a content folder. */
  readonly pushWanted?: (folder: string) => void;
}

const NOTHING_SEEN: EditorView = { selection: { assets: [], folder: '' }, playback: null };
const TELL_RATES_EVERY_MS = 1_000;

/**
 * A program that stays connected with an editor: knows what is selected there, answers its menus, streams poses both ways,
 * pulls and pushes.
 *
 * It looks for the editor until `signal` is aborted; an editor that was closed or restarted is found again.
 */
export class LiveLink {
  readonly #options: LiveLinkOptions;
  readonly #clock: Clock;
  readonly #listeners = new Set<LinkEvents>();
  readonly #stream: PoseStream;
  readonly #figure: EditorFigure;
  #greeting: CallGives<'hello'> | undefined;
  #why = '';
  #view = NOTHING_SEEN;
  #seenAt = 0;
  #follows = false;
  #shown: ShownFigure | null = null;
  #subject: Subject | undefined;

  constructor(options: LiveLinkOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const open = (): Promise<EditorSession> => this.#open();
    const onFault = (error: GaitwayError): void => this.#tell(error.message, true);
    this.#stream = new PoseStream({
      open,
      clock: this.#clock,
      onSubject: (subject) => {
        this.#subject = subject;
        this.#each((events) => events.subject?.(subject));
      },
      onPose: (number, pose) => this.#each((events) => events.pose?.(number, pose)),
      onFault,
    });
    this.#figure = new EditorFigure({
      open,
      clock: this.#clock,
      onShown: (figure) => {
        this.#shown = figure;
        this.#changed();
      },
      onFault,
    });
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    const stopTelling = this.#everySecond(() => {
      if (this.#follows || this.#shown) this.#changed();
    });
    try {
      await watchEditor({
        open: () => this.#open({ onState: (state) => this.#tell(editorStateText(state), state === 'busy') }),
        clock: this.#clock,
        signal,
        isBusy: () => this.#follows || this.#shown !== null,
        onOpen: (greeting) => {
          this.#greeting = greeting;
          this.#why = '';
          this.#tell(`Connected with ${greeting.project}, Unreal ${greeting.engine}.`, false);
          this.#changed();
        },
        onView: (view) => this.#see(view),
        onClick: (event) => void this.#click(event),
        onLost: (error) => {
          if (this.#greeting) this.#tell(`Lost the editor: ${error.message}`, true);
          else if (error.message !== this.#why) this.#tell(error.message, true);
          this.#greeting = undefined;
          this.#why = error.message;
          this.#view = NOTHING_SEEN;
          this.#changed();
        },
      });
    } finally {
      stopTelling();
      this.#stream.stop();
      await this.#figure.hide();
    }
  }

  /** Hears of everything until the function that is given back is called. */
  listen(events: LinkEvents): () => void {
    this.#listeners.add(events);
    return () => this.#listeners.delete(events);
  }

  get state(): LinkState {
    return {
      isOpen: this.#greeting !== undefined,
      why: this.#why,
      engine: this.#greeting?.engine ?? '',
      project: this.#greeting?.project ?? '',
      ...this.#view,
      followed: this.#stream.asset,
      figure: this.#shown,
      fromHz: this.#stream.hz,
      toHz: this.#figure.hz,
      content: this.#options.project.config.content,
    };
  }

  /** The animation whose poses come now. */
  get subject(): Subject | undefined {
    return this.#follows ? this.#subject : undefined;
  }

  /** Streams the poses of the animation that is selected in the editor, whichever that is, or stops. */
  follow(isOn: boolean): void {
    this.#follows = isOn;
    if (!isOn) this.#subject = undefined;
    this.#chooseSubject();
    this.#changed();
  }

  /** Shows a figure in the editor's level, in the poses that `takePose` is given from now on. */
  async showFigure(bones: readonly string[]): Promise<void> {
    const selected = this.#view.selection.assets.find((asset) => asset.class === 'SkeletalMesh');
    const request: FigureRequest = { mesh: selected?.path ?? this.#options.mesh, bones };
    await this.#figure.show(request);
  }

  takePose(pose: WorldPose): void {
    this.#figure.take(pose);
  }

  async hideFigure(): Promise<void> {
    await this.#figure.hide();
    this.#shown = null;
    this.#changed();
  }

  /** Pulls the animations that are selected in the editor into files; faults are told, not thrown. */
  async pullSelected(isToShow = false): Promise<void> {
    await this.#pull(this.#view.selection, isToShow);
  }

  /** Pushes a clip into a content folder of the editor; faults are told, not thrown. */
  async push(clip: Clip, name: string, folder: string): Promise<void> {
    await this.#guarded(async () => {
      const { asset } = nameAsset(name);
      const target = `${folder.replace(/\/+$/, '')}/${asset}`;
      this.#tell(`Pushing ${target} …`, false);
      const { keys, warnings } = await this.#pushTo(clip, target);
      const told = warnings.map(({ message }) => ` ${message}`).join('');
      this.#tell(`Pushed ${target}, ${keys} keys, read back and saved.${told}`, false);
    });
  }

  async #pushTo(clip: Clip, asset: string): Promise<PushReport> {
    const { project, force, signal } = this.#options;
    const session = await this.#open({ projectFolder: project.folder });
    try {
      const { defaultRate } = await session.capabilities();
      return await pushClip(session, {
        clip,
        asset,
        skeleton: await pullSkeleton(session, project.config.skeleton),
        defaultRate: makeRate(defaultRate.numerator, defaultRate.denominator),
        force,
        signal,
      });
    } finally {
      session.close();
    }
  }

  /** Each stream has a connection of its own: the editor answers once a tick on each. */
  #open(more: Pick<SessionOptions, 'projectFolder' | 'onState'> = {}): Promise<EditorSession> {
    const { project, port } = this.#options;
    return connectEditor({
      port: port ?? project.config.editor.port,
      token: () => readToken(project.folder),
      connectLimitMs: 1_000,
      reconnectLimitMs: 500,
      ...more,
    });
  }

  #see(view: EditorView): void {
    const before = JSON.stringify([this.#view.selection, this.#view.playback?.asset]);
    this.#view = view;
    this.#seenAt = this.#clock.now();
    this.#chooseSubject();
    if (JSON.stringify([view.selection, view.playback?.asset]) !== before) this.#changed();
  }

  /** What is selected in the content browser comes before what plays in the level; with neither, what streamed goes on. */
  #chooseSubject(): void {
    if (!this.#follows) {
      this.#stream.stop();
      return;
    }
    const { selection, playback } = this.#view;
    const asset =
      selection.assets.find(({ class: kind }) => kind === 'AnimSequence')?.path ?? playback?.asset ?? '';
    if (asset === '' || asset === this.#stream.asset) return;
    this.#stream.start(asset, (sinceMs, duration) => this.#secondsOf(asset, sinceMs, duration));
    this.#changed();
  }

  #secondsOf(asset: string, sinceMs: number, duration: number): number {
    const { playback } = this.#view;
    if (playback?.asset !== asset) return duration > 0 ? (sinceMs / 1000) % duration : 0;
    const passed = playback.playing ? (this.#clock.now() - this.#seenAt) / 1000 : 0;
    return playback.seconds + passed;
  }

  async #click({ kind, selection }: UeMenuEvent): Promise<void> {
    if (kind !== 'push-here') return this.#pull(selection, kind === 'open-preview');
    const folder = selection.folder || this.#options.project.config.content;
    this.#each((events) => events.pushWanted?.(folder));
  }

  async #pull({ assets }: UeSelection, isToShow: boolean): Promise<void> {
    await this.#guarded(async () => {
      const paths = assets.filter((asset) => asset.class === 'AnimSequence').map(({ path }) => path);
      if (paths.length === 0) {
        this.#tell('No animation is selected in the editor; select some in its content browser.', true);
        return;
      }
      const { project, port, out, replacesPulled: force, signal } = this.#options;
      this.#tell(`Pulling ${paths.length === 1 ? paths[0] : `${paths.length} animations`} …`, false);
      const report = await pullStage({
        folder: project.uproject,
        paths,
        out,
        formats: ['glb'],
        force,
        signal,
        ...(port !== undefined && { port }),
      });
      this.#tellPulled(report);
      const files = report.pulled.flatMap((pulled) => pulled.files);
      if (files.length > 0) this.#each((events) => events.pulled?.(files, isToShow));
    });
  }

  #tellPulled({ pulled, failed }: PullStageReport): void {
    for (const { asset, files, frames } of pulled)
      this.#tell(`Pulled ${asset}, ${frames} frames → ${files.join(', ')}`, false);
    for (const { asset, message } of failed) this.#tell(`${asset}: ${message}`, true);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      if (!this.#options.signal.aborted) this.#tell(error.message, true);
    }
  }

  #everySecond(work: () => void): () => void {
    let cancel = (): void => {};
    const again = (): void => {
      cancel = this.#clock.after(TELL_RATES_EVERY_MS, () => {
        work();
        again();
      });
    };
    again();
    return () => cancel();
  }

  #tell(text: string, isFault: boolean): void {
    this.#each((events) => events.notice?.(text, isFault));
  }

  #changed(): void {
    const { state } = this;
    this.#each((events) => events.state?.(state));
  }

  #each(tell: (events: LinkEvents) => void): void {
    for (const events of this.#listeners) tell(events);
  }
}
