import type { WorldPose } from '../../clip/index.js';

/** Edge of a joint's tetrahedron in metres: large enough to be found, small enough not to disturb. */
const SIZE = 0.01;
const CORNERS = [
  [0, 1, 0],
  [0.94, -0.33, 0],
  [-0.47, -0.33, 0.82],
  [-0.47, -0.33, -0.82],
] as const;
const FACES = [0, 2, 1, 0, 3, 2, 0, 1, 3, 1, 2, 3] as const;

/**
 * A mesh that makes programs see a skeleton: a tetrahedron on every joint, wholly bound to it.
 *
 * | array       | shape         |
 * | ----------- | ------------- |
 * | `positions` | [4 joints, 3] |
 * | `joints`    | [4 joints, 4] |
 * | `weights`   | [4 joints, 4] |
 * | `indices`   | [12 joints]   |
 */
export function makeProxyMesh(rest: WorldPose): {
  positions: Float32Array<ArrayBuffer>;
  joints: Uint16Array<ArrayBuffer>;
  weights: Float32Array<ArrayBuffer>;
  indices: Uint32Array<ArrayBuffer>;
} {
  const count = rest.positions.length / 3;
  const positions = new Float32Array(12 * count);
  const joints = new Uint16Array(16 * count);
  const weights = new Float32Array(16 * count);
  const indices = new Uint32Array(12 * count);
  for (let j = 0; j < count; j++) {
    CORNERS.forEach((corner, c) => {
      const vertex = 4 * j + c;
      for (let axis = 0; axis < 3; axis++)
        positions[3 * vertex + axis] = rest.positions[3 * j + axis] + SIZE * corner[axis];
      joints[4 * vertex] = j;
      weights[4 * vertex] = 1;
    });
    FACES.forEach((corner, i) => {
      indices[12 * j + i] = 4 * j + corner;
    });
  }
  return { positions, joints, weights, indices };
}
