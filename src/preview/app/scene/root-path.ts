import { BufferGeometry, Float32BufferAttribute, Line, LineBasicMaterial } from 'three';
import { PALETTE } from '../palette.js';
import type { ShownClip } from '../shown-clip.js';

/** The way of the pelvis over the whole clip, drawn on the ground. */
export function makeRootPath({ path, height }: ShownClip): Line {
  const lift = 2e-3 * height;
  const positions = new Float32Array((path.length / 2) * 3);
  for (let f = 0; f < path.length / 2; f++) {
    positions[3 * f] = path[2 * f];
    positions[3 * f + 1] = lift;
    positions[3 * f + 2] = path[2 * f + 1];
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
  const line = new Line(geometry, new LineBasicMaterial({ color: PALETTE.path }));
  line.frustumCulled = false;
  return line;
}
