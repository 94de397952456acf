import { BufferAttribute, BufferGeometry, Color, LineBasicMaterial, LineSegments } from 'three';
import type { WorldPose } from '../../../clip/index.js';
import { PALETTE } from '../palette.js';

const LENGTH_OF_HEIGHT = 0.03;
const AXIS_COLOURS = [PALETTE.axisX, PALETTE.axisY, PALETTE.axisZ];

/** The x, y and z axis of every joint as short lines, red, green and blue. */
export class JointAxes {
  readonly lines: LineSegments;
  readonly #length: number;

  constructor(jointCount: number, height: number) {
    this.#length = height * LENGTH_OF_HEIGHT;
    const geometry = new BufferGeometry();
    const colours = AXIS_COLOURS.map((name) => new Color(name).toArray()).flatMap((rgb) => [...rgb, ...rgb]);
    const repeated = Float32Array.from({ length: 18 * jointCount }, (_, i) => colours[i % 18]);
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(18 * jointCount), 3));
    geometry.setAttribute('color', new BufferAttribute(repeated, 3));
    this.lines = new LineSegments(geometry, new LineBasicMaterial({ vertexColors: true, depthTest: false }));
    this.lines.frustumCulled = false;
    this.lines.renderOrder = 1;
    this.lines.visible = false;
  }

  update({ positions: p, rotations: r }: WorldPose): void {
    const attribute = this.lines.geometry.getAttribute('position') as BufferAttribute;
    const out = attribute.array;
    const s = this.#length;
    for (let j = 0, o = 0; o < out.length; j++, o += 18) {
      const x = r[4 * j];
      const y = r[4 * j + 1];
      const z = r[4 * j + 2];
      const w = r[4 * j + 3];
      for (let k = 0; k < 18; k++) out[o + k] = p[3 * j + (k % 3)];
      out[o + 3] += s * (1 - 2 * (y * y + z * z));
      out[o + 4] += s * 2 * (x * y + z * w);
      out[o + 5] += s * 2 * (x * z - y * w);
      out[o + 9] += s * 2 * (x * y - z * w);
      out[o + 10] += s * (1 - 2 * (x * x + z * z));
      out[o + 11] += s * 2 * (y * z + x * w);
      out[o + 15] += s * 2 * (x * z + y * w);
      out[o + 16] += s * 2 * (y * z - x * w);
      out[o + 17] += s * (1 - 2 * (x * x + y * y));
    }
    attribute.needsUpdate = true;
  }

  dispose(): void {
    this.lines.geometry.dispose();
    (this.lines.material as LineBasicMaterial).dispose();
  }
}
