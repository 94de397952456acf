import type { ReadOptions } from '../read-options.js';

/** Bytes of input between two reports. */
const STEP_BYTES = 8 << 20;

/** Tells how far a file is read: the first half of the share is parsing, the second is decoding curves. */
export class ReadingProgress {
  private next = STEP_BYTES;
  private half: 0 | 1 = 0;
  private total = 1;

  constructor(private readonly onProgress: ReadOptions['onProgress']) {}

  /** Begins a half of so many bytes. */
  begin(half: 0 | 1, totalBytes: number): void {
    this.half = half;
    this.total = Math.max(1, totalBytes);
    this.next = STEP_BYTES;
  }

  /** Whether enough has been done since the last report. */
  due(doneBytes: number): boolean {
    return this.onProgress !== undefined && doneBytes >= this.next;
  }

  async report(doneBytes: number): Promise<void> {
    this.next = doneBytes + STEP_BYTES;
    await this.onProgress?.(0.5 * (this.half + Math.min(1, doneBytes / this.total)));
  }
}
