import { BufferGeometry, Float32BufferAttribute } from 'three';

/** Where along a bone it is thickest. */
const WAIST = 0.14;

/**
 * A bone of length 1 along +Y, from its joint at the origin to its tip: two four-sided pyramids, one unit
 * wide at the waist. Faces are flat, so that the roll of the bone can be seen.
 */
export function makeBoneGeometry(): BufferGeometry {
  const ring = [
    [1, WAIST, 0],
    [0, WAIST, 1],
    [-1, WAIST, 0],
    [0, WAIST, -1],
  ];
  const positions: number[] = [];
  for (let k = 0; k < 4; k++) {
    const a = ring[k];
    const b = ring[(k + 1) % 4];
    positions.push(0, 0, 0, ...a, ...b, 0, 1, 0, ...b, ...a);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
  geometry.computeVertexNormals();
  return geometry;
}
