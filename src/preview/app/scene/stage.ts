import {
  Color,
  DirectionalLight,
  HemisphereLight,
  type Line,
  type PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three';
import { PALETTE } from '../palette.js';
import type { ShownClip } from '../shown-clip.js';
import { Figure } from './figure.js';
import { Ground } from './ground.js';
import { OrbitCamera } from './orbit-camera.js';
import { makeRootPath } from './root-path.js';

/** Part of the canvas, in CSS pixels from its upper left corner. */
export interface Pane {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly figures: readonly Figure[];
}

/** What is drawn besides the skeletons. */
export interface ViewSettings {
  names: boolean;
  ground: boolean;
  paths: boolean;
  axes: boolean;
}

interface Actor {
  readonly figure: Figure;
  readonly path: Line;
  /** What the camera looks at in this actor's pane. */
  readonly target: Vector3;
}

/** Air about the figure when it is framed. */
const FRAMING = 1.35;

/**
 * The space with one or two skeletons: draws them side by side, each in a pane of its own with the same
 * camera, or both in one.
 */
export class Stage {
  readonly orbit = new OrbitCamera();
  overlaid = false;
  following = true;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #ground = new Ground();
  readonly #light = new DirectionalLight('#ffffff', 1.9);
  #actors: Actor[] = [];
  #width = 1;
  #height = 1;

  /** @throws Error where the browser gives no WebGL. */
  constructor(canvas: HTMLCanvasElement, antialias: boolean) {
    this.#renderer = new WebGLRenderer({ canvas, antialias, powerPreference: 'low-power' });
    this.#renderer.setScissorTest(true);
    this.#scene.background = new Color(PALETTE.background);
    this.#scene.add(this.#ground.group, new HemisphereLight('#f3f6ff', '#3b3f48', 1.5), this.#light);
  }

  get figures(): readonly Figure[] {
    return this.#actors.map((actor) => actor.figure);
  }

  /** Shows these clips, the source first where there are two; the camera stays unless it is told to frame them. */
  setClips(clips: readonly ShownClip[], frame: boolean): void {
    const targets = this.#actors.map(({ target }) => target);
    for (const { figure, path } of this.#actors) {
      figure.dispose();
      path.geometry.dispose();
    }
    this.#actors = clips.map((shown, k) => {
      const actor = {
        figure: new Figure(shown),
        path: makeRootPath(shown),
        target: targets[k] ?? new Vector3(),
      };
      actor.figure.group.add(actor.path);
      this.#scene.add(actor.figure.group);
      return actor;
    });
    if (frame) this.frameFigures();
  }

  setSize(width: number, height: number, pixelRatio: number): void {
    this.#width = Math.max(1, width);
    this.#height = Math.max(1, height);
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(this.#width, this.#height, false);
  }

  /** Says what is drawn besides the skeletons, from the next picture on. */
  setVisible(view: ViewSettings): void {
    this.#ground.group.visible = view.ground;
    for (const { figure, path } of this.#actors) {
      path.visible = view.paths;
      figure.axesVisible = view.axes;
    }
  }

  /** Metres between the lines on the ground, as they were last drawn. */
  get gridStep(): number {
    return this.#ground.step;
  }

  /** Looks at the whole of each figure as it stands now. */
  frameFigures(): void {
    let width = 0.1;
    let height = 0.1;
    for (const { figure, target } of this.#actors) {
      const [x, y, z] = [0, 1, 2].map((axis) => figure.shown.spanOf(axis));
      target.set((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, (z[0] + z[1]) / 2);
      width = Math.max(width, Math.hypot(x[1] - x[0], z[1] - z[0]));
      height = Math.max(height, y[1] - y[0]);
    }
    this.orbit.fit(width * FRAMING, height * FRAMING, this.panes()[0].width / this.#height);
  }

  panes(): Pane[] {
    const { figures } = this;
    const height = this.#height;
    if (figures.length < 2 || this.overlaid) return [{ x: 0, width: this.#width, height, figures }];
    const half = Math.floor(this.#width / 2);
    return figures.map((figure, k) => ({
      x: k * half,
      width: k === 0 ? half : this.#width - half,
      height,
      figures: [figure],
    }));
  }

  /** The camera as it stands before a pane. */
  cameraOf(pane: Pane): PerspectiveCamera {
    const actor = this.#actors.find(({ figure }) => figure === pane.figures.at(-1));
    return this.orbit.aim(actor?.target ?? new Vector3(0, 1, 0), pane.width / pane.height);
  }

  /** Draws all panes with the poses that the clips have taken. */
  draw(): void {
    for (const { figure, target } of this.#actors) {
      figure.update();
      if (!this.following) continue;
      const { pose, anatomy } = figure.shown;
      const { pelvis } = anatomy;
      target.x = pose.positions[3 * pelvis];
      target.z = pose.positions[3 * pelvis + 2];
    }
    for (const pane of this.panes()) {
      this.#actors.forEach(({ figure }, k) => {
        figure.group.visible = pane.figures.includes(figure);
        figure.setGhost(this.overlaid && this.#actors.length > 1 && k === 0);
      });
      const camera = this.cameraOf(pane);
      this.#ground.placeUnder(camera.position.x, camera.position.z, this.orbit.distance);
      this.#light.position.set(0.5, 0.9, 1).applyQuaternion(camera.quaternion);
      this.#renderer.setViewport(pane.x, 0, pane.width, pane.height);
      this.#renderer.setScissor(pane.x, 0, pane.width, pane.height);
      this.#renderer.render(this.#scene, camera);
    }
  }
}
