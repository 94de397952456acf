import type { Clip } from '../../clip/index.js';
import type { Body, RetargetReport } from '../../retarget/index.js';

/** What the page asks of its worker. */
export interface RetargetQuestion {
  readonly id: number;
  readonly clip: Clip;
  readonly body: Body;
  /** A built-in skeleton. */
  readonly target: string;
}

/** What the worker answers. */
export type RetargetAnswer =
  | { readonly id: number; readonly clip: Clip; readonly report: RetargetReport }
  | { readonly id: number; readonly fault: string };
