import { columnCount } from './tree';
import { visit } from './visit';

let limit: f64 = 0;
let slack: f64 = 0;
let factor: f64 = 1;
/** Squared distances above this are beyond the limit for sure, where nothing is taken off a cost. */
let plain: f32 = 0;

function widened(room: f64): f32 {
  if (!(room >= 0)) return -1;
  const radius = sqrt<f64>(room) + slack;
  return <f32>(radius * radius * factor + 1e-37);
}

export function setReach(limit_: f64, slack_: f64): void {
  limit = limit_;
  slack = slack_;
  factor = 1 + f64(2 * columnCount + 16) * 1.1920928955078125e-7;
  plain = widened(limit);
}

/** The squared distance above which rows with at least this bias lose for sure. */
export function reachWith(least: f32): f32 {
  return least === 0 ? plain : widened(limit - <f64>least);
}

/** What is left of the limit. */
export function limitLeft(): f64 {
  return limit;
}

/** Offers a row, and takes over what limit is left. */
export function offer(row: u32): void {
  limit = visit(row);
  plain = widened(limit);
}
