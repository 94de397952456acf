import { frameTime } from '../../../clip/index.js';
import { PALETTE } from '../palette.js';
import type { Player } from '../player.js';
import type { ShownClip } from '../shown-clip.js';
import { drawContactLanes } from './contact-lanes.js';

/** Left and right of the frames, pixels. */
const EDGE = 26;
const RULER = 20;
const LANES_TOP = RULER + 4;
const FONT = '10px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace';
/** Frames from one label or tick to the next. */
const STEPS = [
  1, 2, 5, 10, 20, 30, 50, 60, 100, 120, 200, 300, 500, 600, 1000, 1200, 2000, 3000, 6000, 12000,
];
const LABEL_WIDTH = 56;
const TICK_WIDTH = 6;

/** The clip's frames from left to right, contacts and events under them, and where the page stands. */
export class Timeline {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #clips: readonly ShownClip[] = [];

  /** `seek` is called with a frame while the pointer is down. */
  constructor(canvas: HTMLCanvasElement, seek: (frame: number) => void) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const seekTo = (event: PointerEvent): void => {
      const main = this.#clips.at(-1);
      if (!main || !canvas.hasPointerCapture(event.pointerId)) return;
      const share = (event.offsetX - EDGE) / Math.max(1, canvas.clientWidth - 2 * EDGE);
      seek(share * (main.clip.frameCount - 1));
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      seekTo(event);
    });
    canvas.addEventListener('pointermove', seekTo);
  }

  /** Takes the clips on show; the frames are those of the last. */
  setClips(clips: readonly ShownClip[]): void {
    this.#clips = clips;
    const main = clips.at(-1);
    if (main) this.#canvas.setAttribute('aria-valuemax', String(main.clip.frameCount - 1));
  }

  draw(player: Player): void {
    const canvas = this.#canvas;
    const context = this.#context;
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = canvas;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = FONT;
    canvas.setAttribute('aria-valuenow', String(player.frame));
    canvas.setAttribute(
      'aria-valuetext',
      `frame ${player.frame} of ${player.frameCount - 1}, ${player.time.toFixed(2)} seconds`,
    );
    const seconds = Math.max(player.duration, frameTime(player.rate));
    const timeToX = (time: number): number => EDGE + (time / seconds) * (width - 2 * EDGE);
    this.#drawRuler(player, timeToX);
    const lanes = this.#clips.map(({ anatomy, clip }) => ({
      contacts: anatomy.contacts,
      toX: (frame: number) =>
        timeToX(Math.min(seconds, Math.max(0, Math.min(frame, clip.frameCount - 1) * frameTime(clip.rate)))),
    }));
    drawContactLanes(context, lanes, EDGE, LANES_TOP);
    this.#drawEvents(timeToX, height);
    const x = timeToX(player.time);
    context.fillStyle = PALETTE.accent;
    context.fillRect(x - 0.75, 0, 1.5, height);
    context.beginPath();
    context.moveTo(x - 5, 0);
    context.lineTo(x + 5, 0);
    context.lineTo(x, 6);
    context.fill();
  }

  #drawRuler(player: Player, timeToX: (time: number) => number): void {
    const context = this.#context;
    const last = player.frameCount - 1;
    const toX = (frame: number): number => timeToX(frame * frameTime(player.rate));
    const frameWidth = toX(1) - toX(0);
    const label = STEPS.find((step) => step * frameWidth >= LABEL_WIDTH) ?? Math.max(1, last);
    const tick = STEPS.find((step) => step * frameWidth >= TICK_WIDTH && label % step === 0) ?? label;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let f = 0; f <= last; f += tick) {
      const labelled = f % label === 0;
      context.fillStyle = labelled ? PALETTE.faint : PALETTE.gridStrong;
      context.fillRect(toX(f) - 0.5, RULER - (labelled ? 5 : 3), 1, labelled ? 5 : 3);
      if (labelled) context.fillText(String(f), toX(f), 9);
    }
    context.fillStyle = PALETTE.gridStrong;
    context.fillRect(toX(0), RULER, toX(last) - toX(0), 1);
  }

  #drawEvents(timeToX: (time: number) => number, height: number): void {
    const context = this.#context;
    context.fillStyle = PALETTE.path;
    for (const { time, duration } of this.#clips.at(-1)?.clip.events ?? []) {
      context.fillRect(timeToX(time) - 0.5, RULER, 1, height - RULER);
      if (duration > 0)
        context.fillRect(timeToX(time), height - 2, timeToX(time + duration) - timeToX(time), 2);
    }
  }
}
