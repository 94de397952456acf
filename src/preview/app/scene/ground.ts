import { BufferGeometry, Color, Float32BufferAttribute, Group, LineBasicMaterial, LineSegments } from 'three';
import { PALETTE } from '../palette.js';

/** Lines from the middle to where the grid has faded out. */
const REACH = 30;
const STRONG_EVERY = 5;
/** From this far off (metres) lines lie ten times, then a hundred times as far apart; and so on nearer. */
const FAR = 40;
const NEAR = 0.25;

/**
 * Lines on the ground, one metre apart, each fifth stronger, that fade towards the rim.
 *
 * Each line is many short ones with a colour at every end: a long line that passes under the camera would
 * fade wrongly where a renderer interpolates along its picture instead of its length.
 */
export class Ground {
  readonly group = new Group();

  constructor() {
    const geometry = new BufferGeometry();
    const positions: number[] = [];
    const colours: number[] = [];
    const background = new Color(PALETTE.background);
    const colour = new Color();
    const push = (x: number, z: number, line: Color): void => {
      positions.push(x, 0, z);
      colour.lerpColors(line, background, Math.min(1, Math.hypot(x, z) / REACH));
      colours.push(colour.r, colour.g, colour.b);
    };
    const fine = new Color(PALETTE.gridFine);
    const strong = new Color(PALETTE.gridStrong);
    for (let across = -REACH; across <= REACH; across++) {
      const line = across % STRONG_EVERY === 0 ? strong : fine;
      for (let along = -REACH; along < REACH; along++) {
        if (Math.hypot(across, along + 0.5) > REACH) continue;
        push(across, along, line);
        push(across, along + 1, line);
        push(along, across, line);
        push(along + 1, across, line);
      }
    }
    geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
    geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
    const lines = new LineSegments(geometry, new LineBasicMaterial({ vertexColors: true }));
    lines.frustumCulled = false;
    this.group.add(lines);
  }

  /** Metres from one line to the next; 1 for anything of about a body's size. */
  get step(): number {
    return this.group.scale.x;
  }

  /**
   * Keeps the grid under a place that is seen from `distance` metres, moved by whole strong lines so that no
   * line is seen to move.
   */
  placeUnder(x: number, z: number, distance: number): void {
    const power =
      distance > FAR
        ? Math.ceil(Math.log10(distance / FAR))
        : Math.min(0, Math.ceil(Math.log10(distance / NEAR)) - 1);
    const step = 10 ** power;
    const snap = (value: number): number => Math.round(value / step / STRONG_EVERY) * step * STRONG_EVERY;
    this.group.scale.set(step, 1, step);
    this.group.position.set(snap(x), 0, snap(z));
  }
}
