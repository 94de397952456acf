import { offer, reachWith } from './reach';
import {
  columnCount,
  GROUP_ROWS,
  ids,
  LEAF_ROWS,
  leafCount,
  leastBias,
  query,
  rounding,
  rowBytes,
  rowCount,
  SHELL_BYTES,
  shells,
  values,
  weights,
  work,
} from './tree';

/**
 * Offers every row of a leaf that may be within reach; `least` is the smallest bias in it, `distance` how far the query
 * is from the pivot above it, NaN where that says nothing.
 */
export function scanLeaf(leaf: i32, weighted: bool, least: f32, distance: f32): void {
  const count = min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
  const base = values + <usize>leaf * rowBytes * LEAF_ROWS;
  const most = distance * (1 + rounding);
  const atLeast = distance * (1 - rounding);
  let shell = shells + <usize>leaf * 2 * SHELL_BYTES;
  let reach = reachWith(least);
  for (let first = 0; first < count; first += GROUP_ROWS) {
    const gap = max(load<f32>(shell) - most, atLeast - load<f32>(shell + SHELL_BYTES));
    shell += 4;
    if (gap > 0 && gap * gap > reach) continue;
    const limit = f32x4.splat(reach);
    let at = base + ((<usize>first) << 2);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let isBeyond = false;
    for (let column = 0; column < columnCount; column += 4) {
      for (let k = column; k < column + 4; k++) {
        const asked = v128.load32_splat(query + ((<usize>k) << 2));
        let da = f32x4.sub(v128.load(at), asked);
        let db = f32x4.sub(v128.load(at, 16), asked);
        let dc = f32x4.sub(v128.load(at, 32), asked);
        let dd = f32x4.sub(v128.load(at, 48), asked);
        at += LEAF_ROWS << 2;
        da = f32x4.mul(da, da);
        db = f32x4.mul(db, db);
        dc = f32x4.mul(dc, dc);
        dd = f32x4.mul(dd, dd);
        if (weighted) {
          const weight = v128.load32_splat(weights + ((<usize>k) << 2));
          da = f32x4.mul(da, weight);
          db = f32x4.mul(db, weight);
          dc = f32x4.mul(dc, weight);
          dd = f32x4.mul(dd, weight);
        }
        a = f32x4.add(a, da);
        b = f32x4.add(b, db);
        c = f32x4.add(c, dc);
        d = f32x4.add(d, dd);
      }
      const beyond = v128.and(
        v128.and(f32x4.gt(a, limit), f32x4.gt(b, limit)),
        v128.and(f32x4.gt(c, limit), f32x4.gt(d, limit)),
      );
      if (i32x4.all_true(beyond)) {
        isBeyond = true;
        break;
      }
    }
    if (isBeyond) continue;
    // Searching needs no work space but the stack at its start.
    const sums = work + 2048;
    v128.store(sums, a);
    v128.store(sums, b, 16);
    v128.store(sums, c, 32);
    v128.store(sums, d, 48);
    const end = min(GROUP_ROWS, count - first);
    for (let i = 0; i < end; i++) {
      if (load<f32>(sums + ((<usize>i) << 2)) > reach) continue;
      offer(load<u32>(ids + ((<usize>(leaf * LEAF_ROWS + first + i)) << 2)));
      reach = reachWith(least);
    }
  }
}

/** Looks at every leaf in order. */
export function scan(weighted: bool): void {
  for (let leaf = 0; leaf < leafCount; leaf++) scanLeaf(leaf, weighted, leastBias, NaN);
}
