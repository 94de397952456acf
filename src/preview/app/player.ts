import { frameTime, type Rate } from '../../clip/index.js';

/** Speeds that the page offers, slowest first. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** Nearer than this to a frame, in frames, a time is on it. */
const ON_FRAME = 1e-6;

/**
 * Where in time the page stands, and how time moves on.
 *
 * Time is in seconds from the clips' start and is the same for all clips on show; frames are those of the
 * clip that was given last.
 */
export class Player {
  time = 0;
  playing = false;
  looping = true;
  speed: (typeof SPEEDS)[number] = 1;
  frameCount = 1;
  rate: Rate = { numerator: 30, denominator: 1 };

  /** Takes another clip's frames; the time is kept as far as that clip lasts. */
  setClip(frameCount: number, rate: Rate): void {
    this.frameCount = frameCount;
    this.rate = rate;
    this.frame = this.frame;
  }

  get duration(): number {
    return (this.frameCount - 1) * frameTime(this.rate);
  }

  /** The frame that is nearest to the time. */
  get frame(): number {
    return Math.min(this.frameCount - 1, Math.max(0, Math.round(this.time / frameTime(this.rate))));
  }

  set frame(frame: number) {
    this.time = Math.min(this.frameCount - 1, Math.max(0, Math.round(frame))) * frameTime(this.rate);
  }

  /** Starts or stops; stops on a whole frame, starts again from the beginning where the end was reached. */
  togglePlaying(): void {
    this.playing = !this.playing;
    if (!this.playing) this.frame = this.frame;
    else if (!this.looping && this.time >= this.duration - ON_FRAME * frameTime(this.rate)) this.time = 0;
  }

  /** Stops and moves by whole frames; at the ends it goes round where looping is on. */
  step(frames: number): void {
    const from = this.frame;
    this.playing = false;
    const to = from + frames;
    const atEnd = from === 0 ? to < 0 : from === this.frameCount - 1 && to >= this.frameCount;
    this.frame = this.looping && atEnd ? (to < 0 ? this.frameCount - 1 : 0) : to;
  }

  /** Moves on by `seconds` of real time where it plays. */
  advance(seconds: number): void {
    if (!this.playing) return;
    const { duration } = this;
    const time = this.time + seconds * this.speed;
    if (time <= duration) this.time = time;
    else if (this.looping) this.time = duration > 0 ? time % duration : 0;
    else {
      this.time = duration;
      this.playing = false;
    }
  }

  /** The next faster (`+1`) or slower (`−1`) speed. */
  changeSpeed(by: number): void {
    const index = SPEEDS.indexOf(this.speed);
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index + by))];
  }
}
