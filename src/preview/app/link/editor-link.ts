import { type Clip, decodeClip, encodeClip } from '../../../clip/index.js';
import type { PageLinkState, ServerMessage } from '../../link-messages.js';
import type { Action } from '../actions.js';
import type { Selection, Shown } from '../selection.js';
import type { ShownClip } from '../shown-clip.js';
import { EditorPanel } from './editor-panel.js';
import { LinkClient } from './link-client.js';
import { UnthrottledTimer } from './unthrottled-timer.js';

/** The parts of the page that the editor acts on. */
export interface LinkedPage {
  readonly selection: Selection;
  /** What is on show; the target where there are two. */
  readonly shown: Shown | undefined;
  /** Draws once more, soon. */
  changed(): void;
  /** Moves time on where it plays, also while the page is hidden and draws nothing. */
  advance(): void;
}

const TICK_MS = 1000 / 30;
/** A figure whose pose stands still is told it again, for an editor that was restarted. */
const REPEAT_MS = 1_000;

/** Joins the page and the editor: poses both ways, pulling, pushing. */
export class EditorLink {
  readonly actions: readonly Action[];
  readonly #page: LinkedPage;
  readonly #client: LinkClient;
  readonly #panel: EditorPanel;
  readonly #timer = new UnthrottledTimer(TICK_MS, () => this.#tick());
  #state: PageLinkState | undefined;
  #follows = false;
  #showsFigure = false;
  /** The clip whose joints the editor's figure has. */
  #posed: Clip | undefined;
  #values = new Float32Array();
  #sentAt = 0;
  #live: { readonly number: number; readonly clip: Clip } | undefined;

  constructor(page: LinkedPage) {
    this.#page = page;
    this.actions = [
      {
        name: 'Follow the animation that is selected in the editor',
        keys: ['e'],
        section: 'Editor',
        button: 'Live',
        run: () => this.#toggleFollowing(),
        isOn: () => this.#follows,
      },
      {
        name: 'Show this pose on a figure in the editor',
        keys: ['r'],
        section: 'Editor',
        button: 'Figure',
        run: () => this.#toggleFigure(),
        isOn: () => this.#showsFigure,
      },
      {
        name: 'Pull what is selected in the editor',
        keys: ['v'],
        section: 'Editor',
        button: 'Pull',
        run: () => this.#client.send({ type: 'pull' }),
      },
      {
        name: 'Push what is on show into the editor',
        keys: ['b'],
        section: 'Editor',
        run: () => this.#push(this.#panel.folder),
      },
    ];
    this.#panel = new EditorPanel(this.actions, (folder) => this.#push(folder));
    this.#client = new LinkClient({
      onMessage: (message, body) => this.#take(message, body),
      onClose: () => this.#take(undefined),
    });
  }

  #take(message: ServerMessage | undefined, body: Uint8Array = new Uint8Array()): void {
    switch (message?.type) {
      case undefined:
        this.#state = undefined;
        this.#posed = undefined;
        this.#panel.show(undefined);
        return;
      case 'state':
        // A server that was started again knows nothing of what this page wants.
        if (this.#state === undefined && this.#follows) this.#client.send({ type: 'follow', isOn: true });
        this.#state = message.state;
        this.#panel.show(message.state);
        return;
      case 'subject': {
        const clip = decodeClip(body);
        this.#live = { number: message.number, clip };
        void this.#page.selection.showLive(message.asset.split('/').pop() ?? message.asset, clip);
        return;
      }
      case 'pose':
        this.#takePose(message.number, new Float32Array(Uint8Array.from(body).buffer));
        return;
      case 'notice':
        this.#panel.tell(message.text, message.isFault);
        return;
      case 'choose':
        void this.#page.selection.choose(message.id);
        return;
      case 'push-wanted':
        this.#push(message.folder);
    }
  }

  #takePose(number: number, values: Float32Array): void {
    if (number !== this.#live?.number) return;
    const { rotations, translations } = this.#live.clip;
    if (values.length !== rotations.length + translations.length) return;
    rotations.set(values.subarray(0, rotations.length));
    translations.set(values.subarray(rotations.length));
    this.#page.changed();
  }

  #toggleFollowing(): void {
    this.#follows = !this.#follows;
    this.#client.send({ type: 'follow', isOn: this.#follows });
    this.#panel.show(this.#state);
    if (this.#follows) return;
    this.#live = undefined;
    void this.#page.selection.removeLive();
  }

  #toggleFigure(): void {
    this.#showsFigure = !this.#showsFigure;
    this.#posed = undefined;
    this.#panel.show(this.#state);
    if (this.#showsFigure) this.#timer.start();
    else {
      this.#timer.stop();
      this.#client.send({ type: 'no-figure' });
    }
  }

  /** Sends the pose on show where it is another than the one before. */
  #tick(): void {
    this.#page.advance();
    const { shown } = this.#page.shown ?? {};
    if (!shown || !this.#state?.isOpen) return;
    if (this.#posed !== shown.clip) {
      this.#posed = shown.clip;
      this.#values = new Float32Array(7 * shown.clip.skeleton.joints.length);
      this.#client.send({ type: 'figure', bones: shown.clip.skeleton.joints.map(({ name }) => name) });
    }
    const now = performance.now();
    if (!this.#isNew(shown) && now - this.#sentAt < REPEAT_MS) return;
    this.#sentAt = now;
    this.#values.set(shown.pose.positions);
    this.#values.set(shown.pose.rotations, shown.pose.positions.length);
    this.#client.sendPose(this.#values);
  }

  #isNew({ pose: { positions, rotations } }: ShownClip): boolean {
    const sent = this.#values;
    const at = positions.length;
    return (
      positions.some((value, i) => Math.fround(value) !== sent[i]) ||
      rotations.some((value, i) => Math.fround(value) !== sent[at + i])
    );
  }

  #push(folder: string): void {
    const { entry, shown } = this.#page.shown ?? {};
    if (!shown || !entry || entry.isLive) {
      this.#panel.tell('Choose a clip to push; what is on show is in the editor already.', true);
      return;
    }
    if (!folder.startsWith('/')) {
      this.#panel.tell('A content folder such as /Game/Motion is wanted.', true);
      return;
    }
    const name = entry.assetName ?? entry.name;
    this.#client.send({ type: 'push', name, folder }, encodeClip(shown.clip));
  }
}
