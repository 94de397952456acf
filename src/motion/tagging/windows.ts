import { type InputPlan, inputBlocks, writeInput } from '../encoder/inputs.js';
import { type Scaling, sizeOfBlocks } from '../encoder/rows.js';
import type { MotionTrack } from '../features/motion-track.js';
import { REACH } from './segmenter.js';
import { classCount, classesOf, type FrameLabels, type TagGroup, UNKNOWN } from './tag-groups.js';

/** A clip with what is known of its frames; the track has the standard body. */
export interface LabelledTrack {
  readonly track: MotionTrack;
  readonly labels: FrameLabels;
}

/** A window of a clip: frames from `start` on, which may lie before the first and go beyond the last. */
export interface Window {
  readonly clip: number;
  readonly start: number;
}

/** Frames of a window; those within `REACH` of its ends are seen, but learned only where the clip itself ends there. */
export const WINDOW = 64;
const INNER = WINDOW - 2 * REACH;

/**
 * Windows in which every frame of every clip is learned once, or twice where they overlap.
 *
 * @param shift Which of the ways to lay them, in [0, 1): clips seldom fill their windows.
 */
export function windowsOf(clips: readonly LabelledTrack[], shift: (clip: number) => number): Window[] {
  return clips.flatMap(({ track: { frameCount } }, clip) => {
    const count = Math.ceil(frameCount / INNER);
    const spare = count * INNER - frameCount;
    const first = -Math.floor(shift(clip) * (spare + 1)) - REACH;
    return Array.from({ length: count }, (_, n) => ({ clip, start: first + n * INNER }));
  });
}

/**
 * Writes the scaled input of every frame of a window to `x` [WINDOW, inputs] and its labels to `y` [WINDOW, classes], as
 * 1 where a class holds; gives how many labels there are. Frames outside of the clip are zeros.
 */
export function writeWindow(
  { track, labels }: LabelledTrack,
  start: number,
  groups: readonly TagGroup[],
  writeRow: RowWriter,
  x: Float32Array,
  y: Float32Array,
): number {
  const inputs = x.length / WINDOW;
  const classes = classesOf(groups);
  let count = 0;
  x.fill(0);
  y.fill(0);
  for (let k = 0; k < WINDOW; k++) {
    const frame = start + k;
    if (frame < 0 || frame >= track.frameCount) continue;
    writeRow(track, frame, x, k * inputs);
    if (k < REACH || k >= WINDOW - REACH) continue;
    let at = k * classes;
    groups.forEach((group, g) => {
      const label = labels[g][frame];
      if (label !== UNKNOWN) {
        y[at + label] = 1;
        count++;
      }
      at += classCount(group);
    });
  }
  return count;
}

/** Writes the scaled input of a frame to `out[at …]`. */
export type RowWriter = (track: MotionTrack, frame: number, out: Float32Array, at: number) => void;

export function makeRowWriter(plan: InputPlan, { mean, scale }: Scaling): RowWriter {
  const row = new Float64Array(sizeOfBlocks(inputBlocks(plan)));
  return (track, frame, out, at) => {
    writeInput(track, frame, plan, row);
    for (let k = 0; k < row.length; k++) out[at + k] = (row[k] - mean[k]) * scale[k];
  };
}
