import type { Warning } from '../errors.js';

/** The bytes of a file that was written, and what its format could not hold. */
export interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly warnings: readonly Warning[];
  /** Joints that are called otherwise in the file, so that the names can be turned back. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}
