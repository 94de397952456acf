import type { Clip } from '../../../clip/index.js';
import { frameTime } from '../../../clip/index.js';
import { PALETTE } from '../palette.js';
import type { Player } from '../player.js';

const EDGE = 26;
const RULER = 20;
const LANE = 11;
const IN_CONTACT = 0.5;
const STEPS = [
  1, 2, 5, 10, 20, 30, 50, 60, 100, 120, 200, 300, 500, 600, 1000, 1200, 2000, 3000, 5000, 10000,
];
const LABEL_WIDTH = 56;

/** The clip's frames from left to right, foot contacts under them, and where the page stands. */
export class Timeline {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #clip: Clip | undefined;
  #width = 1;

  /** `seek` is called with a frame while the pointer is down. */
  constructor(canvas: HTMLCanvasElement, seek: (frame: number) => void) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const seekTo = (event: PointerEvent): void => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      const share = (event.offsetX - EDGE) / Math.max(1, this.#width - 2 * EDGE);
      seek(share * Math.max(0, (this.#clip?.frameCount ?? 1) - 1));
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      seekTo(event);
    });
    canvas.addEventListener('pointermove', seekTo);
  }

  setClip(clip: Clip): void {
    this.#clip = clip;
    this.#canvas.setAttribute('aria-valuemax', String(clip.frameCount - 1));
  }

  draw(player: Player): void {
    const canvas = this.#canvas;
    const context = this.#context;
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = canvas;
    this.#width = width;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    canvas.setAttribute('aria-valuenow', String(player.frame));
    canvas.setAttribute(
      'aria-valuetext',
      `frame ${player.frame} of ${player.frameCount - 1}, ${player.time.toFixed(2)} seconds`,
    );
    if (!this.#clip) return;
    const last = Math.max(1, player.frameCount - 1);
    const toX = (frame: number): number => EDGE + (frame / last) * (width - 2 * EDGE);
    this.#drawRuler(toX, last, width);
    this.#drawContacts(toX, 'FootContact_L', 'L', PALETTE.left, RULER + 4);
    this.#drawContacts(toX, 'FootContact_R', 'R', PALETTE.right, RULER + 4 + LANE + 3);
    const x = toX(player.time / frameTime(player.rate));
    context.fillStyle = PALETTE.accent;
    context.fillRect(x - 0.75, 0, 1.5, height);
    context.beginPath();
    context.moveTo(x - 5, 0);
    context.lineTo(x + 5, 0);
    context.lineTo(x, 6);
    context.fill();
  }

  #drawRuler(toX: (frame: number) => number, last: number, width: number): void {
    const context = this.#context;
    const frameWidth = (width - 2 * EDGE) / last;
    const label = STEPS.find((step) => step * frameWidth >= LABEL_WIDTH) ?? last;
    const tick = STEPS.find((step) => step * frameWidth >= 6 && label % step === 0) ?? label;
    context.font = '10px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let f = 0; f <= last; f += tick) {
      const labelled = f % label === 0;
      context.fillStyle = labelled ? PALETTE.faint : PALETTE.gridStrong;
      context.fillRect(toX(f) - 0.5, RULER - (labelled ? 5 : 3), 1, labelled ? 5 : 3);
      if (labelled) context.fillText(String(f), toX(f), 8);
    }
    context.fillStyle = PALETTE.gridStrong;
    context.fillRect(toX(0), RULER, toX(last) - toX(0), 1);
  }

  #drawContacts(
    toX: (frame: number) => number,
    curve: string,
    label: string,
    colour: string,
    y: number,
  ): void {
    const values = this.#clip?.curves.find(({ name }) => name === curve)?.values;
    if (!values) return;
    const context = this.#context;
    context.fillStyle = colour;
    context.textAlign = 'center';
    context.fillText(label, EDGE / 2, y + LANE / 2);
    for (let f = 0; f < values.length; ) {
      if (values[f] < IN_CONTACT) {
        f++;
        continue;
      }
      const from = f;
      while (f < values.length && values[f] >= IN_CONTACT) f++;
      context.fillRect(toX(from - 0.5), y, Math.max(1, toX(f - 0.5) - toX(from - 0.5)), LANE);
    }
  }
}
