import { conv, convRelu, relu, residual } from '../encoder/families/blocks.js';
import type { Architecture } from '../encoder/layers.js';

/** Channels of the tables in time, and residual blocks over them. */
const CHANNELS = 64;
const BLOCKS = 3;
const STEM_WIDTH = 5;
/** Frames that the network sees to each side of the one that it tags: of the stem, and of two filters of width 3 a block. */
export const REACH = (STEM_WIDTH - 1) / 2 + 2 * BLOCKS;

/**
 * The part of a tagger that works along time: from [frames, hidden] to [frames, classes], as many out as in.
 *
 * Nothing shortens the table, so it runs on windows of a clip in training and on whole clips afterwards.
 *
 * @see J. Long, E. Shelhamer, T. Darrell, "Fully Convolutional Networks for Semantic Segmentation" (2015), section 3;
 *   C. Lea et al., "Temporal Convolutional Networks for Action Segmentation and Detection" (2017).
 */
export function segmenter(hidden: number, classes: number, frames: number): Architecture {
  return {
    inputs: frames * hidden,
    outputs: frames * classes,
    frames: Array.from({ length: frames }, (_, f) => f * hidden),
    channels: hidden,
    rest: [0, 0],
    trunk: [
      ...convRelu(1, CHANNELS),
      conv(STEM_WIDTH, CHANNELS),
      ...Array.from({ length: BLOCKS }, () => residual(CHANNELS, { survival: 1 })),
      relu,
      conv(1, classes),
    ],
    head: [],
    auxiliary: [],
  };
}
