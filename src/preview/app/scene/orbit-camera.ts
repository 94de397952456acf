import { PerspectiveCamera, Vector3 } from 'three';

const FIELD_OF_VIEW_DEG = 35;
const STEEPEST = Math.PI / 2 - 0.01;
const NEAREST = 0.01;
const FARTHEST = 5000;

/** Views that a key gives: turn about the vertical and tilt, radians. */
export const VIEWS = {
  front: [0, 0.06],
  side: [Math.PI / 2, 0.06],
  top: [0, STEEPEST],
  corner: [0.6, 0.2],
} as const;

/** A camera on a sphere about a target; all panes share its turn, tilt, distance and shift. */
export class OrbitCamera {
  yaw: number = VIEWS.corner[0];
  tilt: number = VIEWS.corner[1];
  distance = 4;
  /** Moved by panning, metres, added to each pane's own target. */
  readonly shift = new Vector3();
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG);
  readonly #target = new Vector3();

  orbit(yaw: number, tilt: number): void {
    this.yaw += yaw;
    this.tilt = Math.min(STEEPEST, Math.max(-STEEPEST, this.tilt + tilt));
  }

  look(view: keyof typeof VIEWS): void {
    [this.yaw, this.tilt] = VIEWS[view];
  }

  /** Moves along the picture; 1 is the height of the pane. */
  pan(right: number, up: number): void {
    const size = 2 * this.distance * Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360);
    const { matrixWorld } = this.camera;
    this.shift.addScaledVector(new Vector3().setFromMatrixColumn(matrixWorld, 0), right * size);
    this.shift.addScaledVector(new Vector3().setFromMatrixColumn(matrixWorld, 1), up * size);
  }

  zoom(factor: number): void {
    this.distance = Math.min(FARTHEST, Math.max(NEAREST, this.distance * factor));
  }

  /** Stands so far off that a figure of `width` and `height` metres fills the pane. */
  fit(width: number, height: number, aspect: number): void {
    this.distance =
      width / 2 + Math.max(height, width / aspect) / 2 / Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360);
    this.shift.set(0, 0, 0);
  }

  /** Brings the three camera before `target`, for a pane of that aspect. */
  aim(target: Vector3, aspect: number): PerspectiveCamera {
    const { camera } = this;
    this.#target.copy(target).add(this.shift);
    const flat = Math.cos(this.tilt) * this.distance;
    camera.position.set(
      this.#target.x + flat * Math.sin(this.yaw),
      this.#target.y + this.distance * Math.sin(this.tilt),
      this.#target.z + flat * Math.cos(this.yaw),
    );
    camera.lookAt(this.#target);
    camera.aspect = aspect;
    camera.near = this.distance / 100;
    camera.far = 20 * this.distance + 200;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    return camera;
  }
}
