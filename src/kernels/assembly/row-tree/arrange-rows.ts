import { squaredDistance } from './distance';
import { select } from './select';
import {
  columnCount,
  GROUP_ROWS,
  ids,
  LEAF_ROWS,
  leafCount,
  nodeBytes,
  nodes,
  rounding,
  rowBytes,
  rowCount,
  SHELL_BYTES,
  shells,
  values,
  work,
} from './tree';

const CANDIDATES: i32 = 5;
const SAMPLE: i32 = 50;
const SEED: u32 = 0x9e3779b9;

let random: u32 = SEED;

/** Uniform in 0 … count − 1 (xorshift32). */
function below(count: i32): i32 {
  random ^= random << 13;
  random ^= random >> 17;
  random ^= random << 5;
  return <i32>((<u64>(random >> 8) * <u64>count) >> 24);
}

function rowAt(row: i32): usize {
  return values + <usize>row * rowBytes;
}

/** Of a few rows of `from` … `to` − 1 the one from which a few others lie at the most different distances. */
function choosePivot(from: i32, count: i32): i32 {
  let best = from;
  let bestSpread: f32 = -1;
  for (let c = 0; c < CANDIDATES; c++) {
    const candidate = from + below(count);
    let sum: f32 = 0;
    let squares: f32 = 0;
    for (let i = 0; i < SAMPLE; i++) {
      const square = squaredDistance(rowAt(candidate), rowAt(from + below(count)), rowBytes);
      sum += sqrt<f32>(square);
      squares += square;
    }
    const spread = squares - (sum * sum) / f32(SAMPLE);
    if (spread > bestSpread) {
      bestSpread = spread;
      best = candidate;
    }
  }
  return best;
}

function swapRows(a: i32, b: i32): void {
  let left = rowAt(a);
  let right = rowAt(b);
  for (let k = 0; k < columnCount; k += 4) {
    const kept = v128.load(left);
    v128.store(left, v128.load(right));
    v128.store(right, kept);
    left += 16;
    right += 16;
  }
  const idA = ids + ((<usize>a) << 2);
  const idB = ids + ((<usize>b) << 2);
  const id = load<u32>(idA);
  store<u32>(idA, load<u32>(idB));
  store<u32>(idB, id);
}

/** Least and largest of the squared distances `from` … `to` − 1, as radii rounded outwards. */
function storeRadii(at: usize, from: i32, to: i32): void {
  let least: f32 = Infinity;
  let most: f32 = 0;
  for (let i = from; i < to; i++) {
    const square = load<f32>(work + ((<usize>i) << 2));
    least = min(least, square);
    most = max(most, square);
  }
  store<f32>(at, sqrt<f32>(least) * (1 - rounding));
  store<f32>(at, sqrt<f32>(most) * (1 + rounding), 4);
}

/** Sorts the rows of a leaf by their distance from the pivot above it, and writes how far each group of them is. */
function sortLeaf(leaf: i32): void {
  const from = leaf * LEAF_ROWS;
  const to = min(from + LEAF_ROWS, rowCount);
  for (let i = from; i < to; i++) {
    let nearest = i;
    for (let j = i + 1; j < to; j++) {
      if (load<f32>(work + ((<usize>j) << 2)) < load<f32>(work + ((<usize>nearest) << 2))) nearest = j;
    }
    if (nearest === i) continue;
    const square = load<f32>(work + ((<usize>i) << 2));
    store<f32>(work + ((<usize>i) << 2), load<f32>(work + ((<usize>nearest) << 2)));
    store<f32>(work + ((<usize>nearest) << 2), square);
    swapRows(i, nearest);
  }
  let shell = shells + <usize>leaf * 2 * SHELL_BYTES;
  for (let first = from; first < to; first += GROUP_ROWS) {
    const last = min(first + GROUP_ROWS, to) - 1;
    store<f32>(shell, sqrt<f32>(load<f32>(work + ((<usize>first) << 2))) * (1 - rounding));
    store<f32>(shell + SHELL_BYTES, sqrt<f32>(load<f32>(work + ((<usize>last) << 2))) * (1 + rounding));
    shell += 4;
  }
}

/** Splits the leaves `a` … `b` − 1 at `middle`: the rows nearer to a pivot come first. */
function split(a: i32, middle: i32, b: i32): void {
  const from = a * LEAF_ROWS;
  const at = middle * LEAF_ROWS;
  const to = min(b * LEAF_ROWS, rowCount);
  const node = nodes + <usize>middle * nodeBytes;
  memory.copy(node, rowAt(choosePivot(from, to - from)), rowBytes);
  for (let i = from; i < to; i++) {
    store<f32>(work + ((<usize>i) << 2), squaredDistance(node, rowAt(i), rowBytes));
  }
  const scratch = work + ((<usize>rowCount) << 2);
  memory.copy(scratch, work + ((<usize>from) << 2), (<usize>(to - from)) << 2);
  const median = select(scratch, to - from, at - from);

  let ties = at - from;
  for (let i = from; i < to; i++) ties -= i32(load<f32>(work + ((<usize>i) << 2)) < median);
  let j = at;
  for (let i = from; i < at; i++) {
    const outer = load<f32>(work + ((<usize>i) << 2));
    if (outer < median) continue;
    if (outer === median && ties > 0) {
      ties--;
      continue;
    }
    let inner = load<f32>(work + ((<usize>j) << 2));
    while (!(inner < median)) {
      if (inner === median && ties > 0) {
        ties--;
        break;
      }
      j++;
      inner = load<f32>(work + ((<usize>j) << 2));
    }
    store<f32>(work + ((<usize>i) << 2), inner);
    store<f32>(work + ((<usize>j) << 2), outer);
    swapRows(i, j);
    j++;
  }
  storeRadii(node + rowBytes, from, at);
  storeRadii(node + rowBytes + 8, at, to);
  if (middle - a === 1) sortLeaf(a);
  if (b - middle === 1) sortLeaf(middle);
}

function arrange(a: i32, b: i32): void {
  if (b - a < 2) return;
  const middle = (a + b) >> 1;
  split(a, middle, b);
  arrange(a, middle);
  arrange(middle, b);
}

/** Brings the rows into the order of a vantage-point tree and writes its nodes. */
export function arrangeRows(): void {
  random = SEED;
  arrange(0, leafCount);
}
