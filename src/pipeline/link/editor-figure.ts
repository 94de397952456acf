import { type Clock, type EditorSession, previewPoseData } from '../../bridge/index.js';
import type { WorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { Frequency } from './frequency.js';
import { NewestFirst } from './newest-first.js';

/** What stands in the editor's level and takes the preview's poses. */
export interface FigureRequest {
  /** Content path of the skeletal mesh. */
  readonly mesh: string;
  /** Joints of the poses, parents first. */
  readonly bones: readonly string[];
}

/** The figure as the editor made it. */
export interface ShownFigure {
  readonly mesh: string;
  readonly actor: string;
  /** Joints that the mesh does not have. */
  readonly missing: readonly string[];
}

export interface EditorFigureOptions {
  readonly open: () => Promise<EditorSession>;
  readonly clock: Clock;
  readonly onShown: (figure: ShownFigure) => void;
  readonly onFault: (error: GaitwayError) => void;
}

const ANSWER_WITHIN_MS = 5_000;
const TRY_AGAIN_MS = 1_000;

interface OpenFigure {
  readonly session: EditorSession;
  number: number;
}

/**
 * The preview's figure in the editor's level, over a connection of its own: the newest pose wins, one a tick is shown.
 *
 * A figure that was removed in the level, or went with an editor that was closed, is put there again with the next pose.
 */
export class EditorFigure {
  readonly #options: EditorFigureOptions;
  readonly #frequency: Frequency;
  readonly #poses = new NewestFirst<string>((data) => this.#send(data));
  #request: FigureRequest | undefined;
  #opening: Promise<OpenFigure> | undefined;
  #notBefore = 0;

  constructor(options: EditorFigureOptions) {
    this.#options = options;
    this.#frequency = new Frequency(options.clock);
  }

  /** Poses a second that the editor took. */
  get hz(): number {
    return this.#frequency.hz;
  }

  /** Shows a mesh from the next pose on. */
  async show(request: FigureRequest): Promise<void> {
    await this.#close();
    this.#request = request;
    this.#notBefore = 0;
  }

  /** Takes a pose; as many joints as `show` named. */
  take(pose: WorldPose): void {
    if (!this.#request || this.#options.clock.now() < this.#notBefore) return;
    this.#poses.offer(previewPoseData(pose));
  }

  /** Takes the figure out of the level. */
  async hide(): Promise<void> {
    this.#request = undefined;
    this.#poses.clear();
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.session
      .call('preview_close', {}, { purpose: 'removing the preview figure', timeoutMs: ANSWER_WITHIN_MS })
      .catch(() => undefined);
    await this.#close();
  }

  async #send(data: string): Promise<void> {
    const request = this.#request;
    if (!request) return;
    try {
      this.#opening ??= this.#open(request);
      const opened = await this.#opening;
      const number = ++opened.number;
      const options = { purpose: 'showing a pose in the editor', timeoutMs: ANSWER_WITHIN_MS };
      await opened.session.call('preview_pose', { number, data }, options);
      this.#frequency.count();
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      if (this.#request !== request) return;
      await this.#close();
      this.#notBefore = this.#options.clock.now() + TRY_AGAIN_MS;
      this.#options.onFault(error);
    }
  }

  async #open({ mesh, bones }: FigureRequest): Promise<OpenFigure> {
    const session = await this.#options.open();
    try {
      const options = { purpose: `showing ${mesh}`, timeoutMs: ANSWER_WITHIN_MS };
      const { actor, missing } = await session.call('preview_open', { mesh, bones: [...bones] }, options);
      if (missing.length === bones.length) {
        await session.call('preview_close', {}, options);
        throw new GaitwayError(
          'bridge/no-such-bones',
          `${mesh} has none of the joints of the clip (${bones.slice(0, 3).join(', ')}, …). Retarget the clip to the skeleton of ` +
            'that mesh first, or select another mesh in the content browser.',
          { mesh },
        );
      }
      this.#options.onShown({ mesh, actor, missing });
      return { session, number: 0 };
    } catch (error) {
      session.close();
      throw error;
    }
  }

  async #close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    (await opening?.catch(() => undefined))?.session.close();
  }
}
