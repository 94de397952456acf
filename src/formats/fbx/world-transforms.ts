import type { Affine } from '../../math/affine.js';
import { multiply, type Quat, rotate } from '../../math/quat.js';
import type { LocalTransform, NodeTransform } from './node-transform.js';
import type { FileSettings } from './settings.js';

/**
 * World transforms of a tree of nodes under FBX's three ways of inheriting scale.
 *
 * A node's world map is `place + turn · stretch`, with `turn` the product of all rotations above it and
 * `stretch` a 3×3 matrix of what scale and shear have gathered.
 *
 * | rule | world rotation and scale |
 * | --- | --- |
 * | RrSs | Rp · R · Sp · S |
 * | RSrs | Rp · Sp · R · S |
 * | Rrs | Rp · R · (Sp without the parent's own scale) · S |
 *
 * @see Autodesk FBX SDK documentation, "Computing transformation matrices".
 */
export class WorldTransforms {
  /** [nodes, 3], file units */
  private readonly places: Float64Array;
  private readonly turns: Quat[];
  /** [nodes, 9], columns */
  private readonly stretches: Float64Array;
  /** [nodes, 3]: the node's own scale, which children under the rule Rrs leave out. */
  private readonly ownScales: Float64Array;

  constructor(
    private readonly parents: readonly number[],
    private readonly nodes: readonly NodeTransform[],
  ) {
    const count = parents.length;
    this.places = new Float64Array(3 * count);
    this.turns = new Array(count).fill([0, 0, 0, 1]);
    this.stretches = new Float64Array(9 * count);
    this.ownScales = new Float64Array(3 * count);
  }

  /** Sets a node's local transform; its parent must have been placed before. */
  place(n: number, local: LocalTransform): void {
    const parent = this.parents[n];
    const { stretches: m, places } = this;
    const at = 9 * n;
    this.ownScales.set(local.scale, 3 * n);
    if (parent < 0) {
      this.turns[n] = local.turn;
      places.set(local.place, 3 * n);
      m.fill(0, at, at + 9);
      for (let k = 0; k < 3; k++) m[at + 4 * k] = local.scale[k];
      return;
    }
    const up = 9 * parent;
    // The parent's stretch of the local place, then its turn.
    const [x, y, z] = local.place;
    const stretched = rotate(this.turns[parent], [
      m[up] * x + m[up + 3] * y + m[up + 6] * z,
      m[up + 1] * x + m[up + 4] * y + m[up + 7] * z,
      m[up + 2] * x + m[up + 5] * y + m[up + 8] * z,
    ]);
    for (let k = 0; k < 3; k++) places[3 * n + k] = places[3 * parent + k] + stretched[k];
    this.turns[n] = multiply(this.turns[parent], local.turn);
    this.inheritStretch(n, parent, local);
  }

  private inheritStretch(n: number, parent: number, local: LocalTransform): void {
    const { stretches: m, ownScales } = this;
    const [at, up] = [9 * n, 9 * parent];
    const rule = this.nodes[n].inherit;
    for (let c = 0; c < 3; c++) {
      // RrSs and Rrs: the parent's stretch stands between this node's rotation and scale.
      let factor = local.scale[c];
      if (rule === 'Rrs') factor /= ownScales[3 * parent + c] || 1;
      if (rule !== 'RSrs') {
        for (let r = 0; r < 3; r++) m[at + 3 * c + r] = m[up + 3 * c + r] * factor;
        continue;
      }
      // RSrs: R⁻¹ · Sp · R · S, so that turn · stretch is Rp · Sp · R · S.
      const axis = rotate(local.turn, [c === 0 ? 1 : 0, c === 1 ? 1 : 0, c === 2 ? 1 : 0]);
      const [x, y, z] = axis;
      const image = rotate(
        [-local.turn[0], -local.turn[1], -local.turn[2], local.turn[3]],
        [
          m[up] * x + m[up + 3] * y + m[up + 6] * z,
          m[up + 1] * x + m[up + 4] * y + m[up + 7] * z,
          m[up + 2] * x + m[up + 5] * y + m[up + 8] * z,
        ],
      );
      for (let r = 0; r < 3; r++) m[at + 3 * c + r] = image[r] * factor;
    }
  }

  /** Writes a node's world map in metres and canonical axes, joint frames included. */
  write(n: number, axes: FileSettings['axes'], unitMetres: number, out: Affine, outAt: number): void {
    const { stretches: m, places } = this;
    const turn = this.turns[n];
    for (let c = 0; c < 3; c++) {
      // The joint's frame is turned with the world: its axis c is the file's axis that becomes c.
      const from = 9 * n + 3 * axes[c].axis;
      const column = rotate(turn, [m[from], m[from + 1], m[from + 2]]);
      for (let r = 0; r < 3; r++) out[outAt + 3 * c + r] = axes[c].sign * axes[r].sign * column[axes[r].axis];
    }
    for (let r = 0; r < 3; r++) out[outAt + 9 + r] = axes[r].sign * places[3 * n + axes[r].axis] * unitMetres;
  }
}
