import type { Affine } from '../../math/affine.js';
import { multiplyRows } from '../../math/quat-rows.js';
import type { LocalPoses } from './local-poses.js';
import type { InheritType } from './node-transform.js';
import type { FileSettings } from './settings.js';

/** Scales are stored as float32: 1 beside 0.99999994 is the same in all directions. */
const FLOAT32_NOISE = 1.2e-7;

/**
 * World transforms of a tree of nodes under FBX's three ways of inheriting scale.
 *
 * A node's world map is `place + turn · stretch`, with `turn` the product of all rotations above it and
 * `stretch` a 3×3 matrix of what scale and shear have gathered; where that is one number for all directions,
 * as in nearly every file, the number alone is kept.
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
  /** [nodes, 4] */
  private readonly turns: Float64Array;
  /** [nodes]; NaN where the stretch is not the same in all directions */
  private readonly sizes: Float64Array;
  /** [nodes, 9], columns; kept where the size is NaN */
  private readonly stretches: Float64Array;
  private readonly scratch = new Float64Array(9);
  /** Which of the file's numbers becomes each of the 12 of a canonical map, and what it is multiplied by. */
  private readonly sources = new Uint8Array(12);
  private readonly signs = new Float64Array(12);
  /** What the x, y and z of a turn are multiplied by: axes that swap hands reverse every turn. */
  private readonly turnSigns = new Float64Array(3);

  constructor(
    private readonly parents: readonly number[],
    private readonly rules: readonly InheritType[],
    axes: FileSettings['axes'],
    unitMetres: number,
  ) {
    // A joint's frame is turned with the world: its axis c is the file's axis that becomes c.
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        this.sources[3 * c + r] = 3 * axes[c].axis + axes[r].axis;
        this.signs[3 * c + r] = axes[c].sign * axes[r].sign;
      }
      this.sources[9 + r] = axes[r].axis;
      this.signs[9 + r] = axes[r].sign * unitMetres;
    }
    const isCyclic = (axes[1].axis - axes[0].axis + 3) % 3 === 1;
    const hand = (isCyclic ? 1 : -1) * axes[0].sign * axes[1].sign * axes[2].sign;
    for (let r = 0; r < 3; r++) this.turnSigns[r] = hand * axes[r].sign;
    const count = parents.length;
    this.places = new Float64Array(3 * count);
    this.turns = new Float64Array(4 * count);
    this.sizes = new Float64Array(count);
    this.stretches = new Float64Array(9 * count);
  }

  /** Sets a node from its local transform; its parent must have been placed before. */
  place(n: number, local: LocalPoses): void {
    const parent = this.parents[n];
    const { places, turns, sizes } = this;
    const p = 3 * n;
    const s = local.scales;
    if (parent < 0) {
      for (let k = 0; k < 3; k++) places[p + k] = local.places[p + k];
      for (let k = 0; k < 4; k++) turns[4 * n + k] = local.turns[4 * n + k];
      this.setStretch(n, 1, s[p], s[p + 1], s[p + 2]);
      return;
    }
    const size = sizes[parent];
    const isEven = !Number.isNaN(size);
    // The parent's stretch of the local place, then its turn.
    let x = local.places[p];
    let y = local.places[p + 1];
    let z = local.places[p + 2];
    if (isEven) {
      x *= size;
      y *= size;
      z *= size;
    } else {
      const { stretches: m } = this;
      const up = 9 * parent;
      const [a, b, c] = [x, y, z];
      x = m[up] * a + m[up + 3] * b + m[up + 6] * c;
      y = m[up + 1] * a + m[up + 4] * b + m[up + 7] * c;
      z = m[up + 2] * a + m[up + 5] * b + m[up + 8] * c;
    }
    const r = 4 * parent;
    const qx = turns[r];
    const qy = turns[r + 1];
    const qz = turns[r + 2];
    const qw = turns[r + 3];
    const tx = 2 * (qy * z - qz * y);
    const ty = 2 * (qz * x - qx * z);
    const tz = 2 * (qx * y - qy * x);
    places[p] = places[3 * parent] + x + qw * tx + qy * tz - qz * ty;
    places[p + 1] = places[3 * parent + 1] + y + qw * ty + qz * tx - qx * tz;
    places[p + 2] = places[3 * parent + 2] + z + qw * tz + qx * ty - qy * tx;
    multiplyRows(turns, r, local.turns, 4 * n, turns, 4 * n);
    // Under the rule Rrs the parent's own scale is left out.
    const q = 3 * parent;
    const isFree = this.rules[n] === 'Rrs';
    const sx = isFree ? s[p] / (s[q] || 1) : s[p];
    const sy = isFree ? s[p + 1] / (s[q + 1] || 1) : s[p + 1];
    const sz = isFree ? s[p + 2] / (s[q + 2] || 1) : s[p + 2];
    if (isEven) this.setStretch(n, size, sx, sy, sz);
    else this.inheritStretch(n, parent, local, sx, sy, sz);
  }

  private setStretch(n: number, size: number, x: number, y: number, z: number): void {
    if (Math.abs(x - y) <= FLOAT32_NOISE * Math.abs(x) && Math.abs(x - z) <= FLOAT32_NOISE * Math.abs(x)) {
      this.sizes[n] = size * x;
      return;
    }
    const { stretches: m } = this;
    this.sizes[n] = Number.NaN;
    m.fill(0, 9 * n, 9 * n + 9);
    m[9 * n] = size * x;
    m[9 * n + 4] = size * y;
    m[9 * n + 8] = size * z;
  }

  private inheritStretch(
    n: number,
    parent: number,
    local: LocalPoses,
    x: number,
    y: number,
    z: number,
  ): void {
    const { stretches: m, scratch } = this;
    const at = 9 * n;
    const up = 9 * parent;
    this.sizes[n] = Number.NaN;
    if (this.rules[n] !== 'RSrs') {
      // The parent's stretch stands between this node's rotation and scale.
      for (let r = 0; r < 3; r++) {
        m[at + r] = m[up + r] * x;
        m[at + 3 + r] = m[up + 3 + r] * y;
        m[at + 6 + r] = m[up + 6 + r] * z;
      }
      return;
    }
    // R⁻¹ · Sp · R · S, so that turn · stretch is Rp · Sp · R · S.
    writeMatrix(local.turns, 4 * n, scratch);
    for (let c = 0; c < 3; c++) {
      const factor = c === 0 ? x : c === 1 ? y : z;
      const a = scratch[3 * c];
      const b = scratch[3 * c + 1];
      const d = scratch[3 * c + 2];
      const ix = m[up] * a + m[up + 3] * b + m[up + 6] * d;
      const iy = m[up + 1] * a + m[up + 4] * b + m[up + 7] * d;
      const iz = m[up + 2] * a + m[up + 5] * b + m[up + 8] * d;
      for (let r = 0; r < 3; r++) {
        const image = scratch[3 * r] * ix + scratch[3 * r + 1] * iy + scratch[3 * r + 2] * iz;
        m[at + 3 * c + r] = image * factor;
      }
    }
  }

  /** Writes a node's world map in metres and canonical axes, joint frames included. */
  write(n: number, out: Affine, outAt: number): void {
    const { turns, places, sources, signs } = this;
    const size = this.sizes[n];
    if (Number.isNaN(size)) this.writeUneven(n, out, outAt);
    else {
      // A turn seen from other axes is a turn about its axis seen from them.
      const q = 4 * n;
      const x = this.turnSigns[0] * turns[q + sources[9]];
      const y = this.turnSigns[1] * turns[q + sources[10]];
      const z = this.turnSigns[2] * turns[q + sources[11]];
      const w = turns[q + 3];
      out[outAt] = size * (1 - 2 * (y * y + z * z));
      out[outAt + 1] = size * 2 * (x * y + z * w);
      out[outAt + 2] = size * 2 * (x * z - y * w);
      out[outAt + 3] = size * 2 * (x * y - z * w);
      out[outAt + 4] = size * (1 - 2 * (x * x + z * z));
      out[outAt + 5] = size * 2 * (y * z + x * w);
      out[outAt + 6] = size * 2 * (x * z + y * w);
      out[outAt + 7] = size * 2 * (y * z - x * w);
      out[outAt + 8] = size * (1 - 2 * (x * x + y * y));
    }
    const p = 3 * n;
    out[outAt + 9] = signs[9] * places[p + sources[9]];
    out[outAt + 10] = signs[10] * places[p + sources[10]];
    out[outAt + 11] = signs[11] * places[p + sources[11]];
  }

  private writeUneven(n: number, out: Affine, outAt: number): void {
    const { scratch, sources, signs } = this;
    writeMatrix(this.turns, 4 * n, scratch);
    stretchColumns(scratch, this.stretches, 9 * n);
    for (let k = 0; k < 9; k++) out[outAt + k] = signs[k] * scratch[sources[k]];
  }
}

/** turn ← turn · stretch, columns. */
function stretchColumns(turn: Float64Array, m: Float64Array, at: number): void {
  const a = turn[0];
  const b = turn[1];
  const c = turn[2];
  const d = turn[3];
  const e = turn[4];
  const f = turn[5];
  const g = turn[6];
  const h = turn[7];
  const i = turn[8];
  for (let k = 0; k < 9; k += 3) {
    const x = m[at + k];
    const y = m[at + k + 1];
    const z = m[at + k + 2];
    turn[k] = a * x + d * y + g * z;
    turn[k + 1] = b * x + e * y + h * z;
    turn[k + 2] = c * x + f * y + i * z;
  }
}

/** Columns of the matrix of a quaternion. */
function writeMatrix(q: Float64Array, at: number, out: Float64Array): void {
  const x = q[at];
  const y = q[at + 1];
  const z = q[at + 2];
  const w = q[at + 3];
  out[0] = 1 - 2 * (y * y + z * z);
  out[1] = 2 * (x * y + z * w);
  out[2] = 2 * (x * z - y * w);
  out[3] = 2 * (x * y - z * w);
  out[4] = 1 - 2 * (x * x + z * z);
  out[5] = 2 * (y * z + x * w);
  out[6] = 2 * (x * z + y * w);
  out[7] = 2 * (y * z - x * w);
  out[8] = 1 - 2 * (x * x + y * y);
}
