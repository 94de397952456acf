import type { UpAxis } from './bvh/up-axis-guess.js';

export interface ReadOptions {
  /** Path or name, for messages and the clip's source. */
  readonly file: string;
  /** Unit of a file that states none (BVH): `cm`, `m`, … or a number of metres; guessed by default. */
  readonly unit?: string;
  /** Up axis of a file that states none (BVH); guessed by default. */
  readonly up?: UpAxis;
  /** Fetches what a file refers to (a glTF's buffers); references are refused where it is absent. */
  readonly resource?: (uri: string) => Promise<Uint8Array>;
}
