/** Which axis of a file points up. */
export type UpAxis = 'y' | 'z';

export interface ReadOptions {
  /** Path or name, for messages and the clip's source. */
  readonly file: string;
  /** Unit of a file that states none (BVH): `cm`, `m`, … or a number of metres; guessed by default. */
  readonly unit?: string;
  /** Up axis of a file that states none (BVH); guessed by default. */
  readonly up?: UpAxis;
  /** Fetches what a file refers to (a glTF's buffers); references are refused where it is absent. */
  readonly resource?: (uri: string) => Promise<Uint8Array>;
  /**
   * Told the share (0..1) of a large file that is read, now and then, and waited for: so the reader's thread
   * can show it, and throwing cancels the reading.
   */
  readonly onProgress?: (share: number) => void | Promise<void>;
}
