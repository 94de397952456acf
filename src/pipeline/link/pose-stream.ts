import {
  type Clock,
  type EditorSession,
  pullSkeleton,
  readAnimationPose,
  sleep,
} from '../../bridge/index.js';
import type { LocalPose, Skeleton } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { Frequency } from './frequency.js';

/** An animation of the editor whose poses come. */
export interface Subject {
  /** Told with each of its poses; later subjects have higher numbers. */
  readonly number: number;
  readonly asset: string;
  readonly skeleton: Skeleton;
}

export interface PoseStreamOptions {
  readonly open: () => Promise<EditorSession>;
  readonly clock: Clock;
  readonly onSubject: (subject: Subject) => void;
  readonly onPose: (number: number, pose: LocalPose) => void;
  readonly onFault: (error: GaitwayError) => void;
}

/** Requests under way: the editor answers one a tick, so that with fewer a tick would go by unused. */
const LANES = 2;
/** An editor may tick faster than anybody can see. */
const SHORTEST_MS = 1000 / 60;
const TRY_AGAIN_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;

/** Where an animation is now: it runs round by itself from when it was chosen, unless the editor plays it. */
export type SecondsOf = (sinceMs: number, duration: number) => number;

/** Streams the poses of one animation of the editor, one a tick, over a connection of its own. */
export class PoseStream {
  readonly #options: PoseStreamOptions;
  readonly #frequency: Frequency;
  #running: AbortController | undefined;
  #asset = '';
  #numbers = 0;

  constructor(options: PoseStreamOptions) {
    this.#options = options;
    this.#frequency = new Frequency(options.clock);
  }

  /** The animation that streams; empty for none. */
  get asset(): string {
    return this.#asset;
  }

  /** Poses a second. */
  get hz(): number {
    return this.#frequency.hz;
  }

  /** Streams this animation instead of what streamed; it begins again by itself where the connection breaks. */
  start(asset: string, secondsOf: SecondsOf): void {
    if (asset === this.#asset) return;
    this.stop();
    this.#asset = asset;
    this.#running = new AbortController();
    void this.#run(asset, secondsOf, this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#asset = '';
  }

  async #run(asset: string, secondsOf: SecondsOf, signal: AbortSignal): Promise<void> {
    const { clock, onFault } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#stream(asset, secondsOf, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof GaitwayError)) throw error;
        onFault(error);
        await sleep(clock, TRY_AGAIN_MS, signal);
      }
    }
  }

  async #stream(asset: string, secondsOf: SecondsOf, signal: AbortSignal): Promise<void> {
    const { clock, open, onSubject, onPose } = this.#options;
    const session = await open();
    try {
      const options = { purpose: `streaming ${asset}`, timeoutMs: ANSWER_WITHIN_MS, signal };
      const {
        skeleton: path,
        keys,
        rate,
      } = await session.call('describe_animation', { path: asset }, options);
      if (path === '')
        throw new GaitwayError('bridge/animation-missing', `There is no animation at ${asset} any more.`);
      const { skeleton } = await pullSkeleton(session, path);
      const duration = ((keys - 1) * rate.denominator) / rate.numerator;
      const number = ++this.#numbers;
      if (signal.aborted) return;
      onSubject({ number, asset, skeleton });

      const start = clock.now();
      let [sent, shown] = [0, 0];
      const lane = async (): Promise<void> => {
        while (!signal.aborted) {
          const begun = clock.now();
          const turn = ++sent;
          const seconds = secondsOf(begun - start, duration);
          const pose = readAnimationPose(await session.call('animation_pose', { asset, seconds }, options));
          if (signal.aborted) return;
          if (turn > shown) {
            shown = turn;
            this.#frequency.count();
            onPose(number, pose);
          }
          await sleep(clock, Math.max(0, LANES * SHORTEST_MS - (clock.now() - begun)), signal);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    } finally {
      session.close();
    }
  }
}
