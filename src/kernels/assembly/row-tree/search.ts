import { squaredDistance, sumOfLanes } from './distance';
import { limitLeft, reachWith, setReach } from './reach';
import { scan, scanLeaf } from './scan-leaf';
import {
  boxBytes,
  boxedCount,
  boxes,
  isMarked,
  leafCount,
  leastBias,
  marks,
  nodeBytes,
  nodes,
  query,
  rounding,
  rowBytes,
  weights,
  work,
} from './tree';
import { turnRows } from './turn-rows';

let innerBound: f32 = 0;
let outerBound: f32 = 0;
let innerFirst: bool = true;
/** Of the query from the pivot; NaN where boxes bound. */
let pivotDistance: f32 = NaN;

function above(gap: f32): f32 {
  return gap > 0 ? gap * gap : 0;
}

/** Squared distance from the query that the rows on either side of a node's pivot have at least. */
function boundByPivot(middle: i32): void {
  const node = nodes + <usize>middle * nodeBytes;
  const radii = node + rowBytes;
  const distance = sqrt<f32>(squaredDistance(query, node, rowBytes));
  pivotDistance = distance;
  const most = distance * (1 + rounding);
  const least = distance * (1 - rounding);
  const innerMost = load<f32>(radii, 4);
  const outerLeast = load<f32>(radii, 8);
  innerBound = above(max(load<f32>(radii) - most, least - innerMost));
  outerBound = above(max(outerLeast - most, least - load<f32>(radii, 12)));
  innerFirst = distance + distance < innerMost + outerLeast;
}

function boundByBox(box: usize, weighted: bool): f32 {
  const half = (<usize>boxedCount) << 2;
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < half; k += 16) {
    const asked = v128.load(query + k);
    const gap = f32x4.max(
      f32x4.max(f32x4.sub(v128.load(box + k), asked), f32x4.sub(asked, v128.load(box + half + k))),
      f32x4.splat(0),
    );
    const square = f32x4.mul(gap, gap);
    sum = f32x4.add(sum, weighted ? f32x4.mul(square, v128.load(weights + k)) : square);
  }
  return sumOfLanes(sum);
}

/** Takes the first raw row for the query and looks for rows within reach; gives what is left of the limit. */
export function search(
  everyRow: bool,
  byBoxes: bool,
  weighted: bool,
  required: u32,
  forbidden: u32,
  limit: f64,
  slack: f64,
): f64 {
  turnRows(1, query);
  setReach(limit, slack);
  if (everyRow) scan(weighted);
  else descend(byBoxes, weighted, required, forbidden);
  return limitLeft();
}

/** Looks through the tree, the nearer side of each node first. */
function descend(byBoxes: bool, weighted: bool, required: u32, forbidden: u32): void {
  // Entries of 32 bytes: first leaf, end, squared bound, least bias, distance from the pivot above. A tree of 2³² rows is 26 deep.
  const stack = work;
  let top = stack;
  store<i32>(top, 0);
  store<i32>(top, leafCount, 4);
  store<f32>(top, 0, 8);
  store<f32>(top, leastBias, 12);
  store<f32>(top, NaN, 16);
  top += 32;
  pivotDistance = NaN;
  while (top > stack) {
    top -= 32;
    let a = load<i32>(top);
    let b = load<i32>(top, 4);
    let least = load<f32>(top, 12);
    let distance = load<f32>(top, 16);
    let isBeyond = load<f32>(top, 8) > reachWith(least);
    while (!isBeyond && b - a > 1) {
      const middle = (a + b) >> 1;
      if (byBoxes) {
        const box = boxes + <usize>middle * 2 * boxBytes;
        innerBound = boundByBox(box, weighted);
        outerBound = boundByBox(box + boxBytes, weighted);
        innerFirst = innerBound <= outerBound;
      } else boundByPivot(middle);
      let innerLeast: f32 = 0;
      let outerLeast: f32 = 0;
      let innerOpen = true;
      let outerOpen = true;
      if (isMarked) {
        const mark = marks + ((<usize>middle) << 5);
        innerOpen = (~load<u32>(mark) & required) === 0 && (load<u32>(mark, 4) & forbidden) === 0;
        innerLeast = load<f32>(mark, 8);
        outerOpen = (~load<u32>(mark, 16) & required) === 0 && (load<u32>(mark, 20) & forbidden) === 0;
        outerLeast = load<f32>(mark, 24);
      }
      innerOpen = innerOpen && !(innerBound > reachWith(innerLeast));
      outerOpen = outerOpen && !(outerBound > reachWith(outerLeast));
      if (innerOpen && outerOpen) {
        store<i32>(top, innerFirst ? middle : a);
        store<i32>(top, innerFirst ? b : middle, 4);
        store<f32>(top, innerFirst ? outerBound : innerBound, 8);
        store<f32>(top, innerFirst ? outerLeast : innerLeast, 12);
        store<f32>(top, pivotDistance, 16);
        top += 32;
        outerOpen = !innerFirst;
        innerOpen = innerFirst;
      }
      isBeyond = !innerOpen && !outerOpen;
      distance = pivotDistance;
      if (innerOpen) {
        b = middle;
        least = innerLeast;
      } else {
        a = middle;
        least = outerLeast;
      }
    }
    if (!isBeyond) scanLeaf(a, weighted, least, distance);
  }
}
