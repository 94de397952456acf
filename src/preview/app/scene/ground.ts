import { BufferGeometry, Float32BufferAttribute, Group, LineBasicMaterial, LineSegments } from 'three';
import { PALETTE } from '../palette.js';

const REACH = 40;
const STRONG_EVERY = 5;

/** Lines on the ground, one metre apart, each fifth stronger; fog lets them end softly. */
export class Ground {
  readonly group = new Group();

  constructor() {
    const fine: number[] = [];
    const strong: number[] = [];
    for (let k = -REACH; k <= REACH; k++) {
      const lines = k % STRONG_EVERY === 0 ? strong : fine;
      lines.push(k, 0, -REACH, k, 0, REACH, -REACH, 0, k, REACH, 0, k);
    }
    this.group.add(lineSegments(fine, PALETTE.gridFine), lineSegments(strong, PALETTE.gridStrong));
  }

  /** Keeps the grid under a place, moved by whole strong lines so that no line ever moves. */
  centreOn(x: number, z: number): void {
    this.group.position.set(
      Math.round(x / STRONG_EVERY) * STRONG_EVERY,
      0,
      Math.round(z / STRONG_EVERY) * STRONG_EVERY,
    );
    this.group.updateMatrixWorld();
  }
}

function lineSegments(positions: number[], color: string): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
  const lines = new LineSegments(geometry, new LineBasicMaterial({ color }));
  lines.frustumCulled = false;
  return lines;
}
