import { Vector3 } from 'three';
import { PALETTE } from '../palette.js';
import type { Pane, Stage } from './stage.js';

const FONT = '11px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace';
const LINE_HEIGHT = 13;
const GAP = 6;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Joint names over the picture; a name that would cover another one is left out until there is room. */
export class JointNames {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #point = new Vector3();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D;
  }

  setSize(width: number, height: number, pixelRatio: number): void {
    this.#canvas.width = Math.round(width * pixelRatio);
    this.#canvas.height = Math.round(height * pixelRatio);
    this.#context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  }

  clear(): void {
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  draw(stage: Stage): void {
    this.clear();
    const context = this.#context;
    context.font = FONT;
    context.textBaseline = 'middle';
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = PALETTE.background;
    for (const pane of stage.panes()) this.#drawPane(stage, pane);
  }

  #drawPane(stage: Stage, pane: Pane): void {
    const context = this.#context;
    const camera = stage.cameraOf(pane);
    const figure = pane.figures[pane.figures.length - 1];
    if (!figure) return;
    const { clip, pose } = figure.shown;
    const taken: Box[] = [];
    context.save();
    context.beginPath();
    context.rect(pane.x, 0, pane.width, pane.height);
    context.clip();
    clip.skeleton.joints.forEach((joint, j) => {
      const point = this.#point.fromArray(pose.positions, 3 * j).project(camera);
      if (point.z < -1 || point.z > 1) return;
      const box = {
        x: pane.x + ((point.x + 1) / 2) * pane.width + GAP,
        y: ((1 - point.y) / 2) * pane.height,
        width: context.measureText(joint.name).width,
      };
      if (taken.some((other) => overlap(box, other))) return;
      taken.push(box);
      context.strokeText(joint.name, box.x, box.y);
      context.fillStyle = PALETTE.text;
      context.fillText(joint.name, box.x, box.y);
    });
    context.restore();
  }
}

const overlap = (a: Box, b: Box): boolean =>
  Math.abs(a.y - b.y) < LINE_HEIGHT && a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP;
