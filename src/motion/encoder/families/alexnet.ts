import { convRelu, denseHead, maxPool } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/**
 * Five convolutions, wide ones first, with maxima over overlapping stretches, and two wide dense layers.
 *
 * @see A. Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks" (2012), section 3.5.
 *   Without its response normalisation, and without a stride in the first layer: a window has eight moments.
 */
export function alexnet({ outputs }: FamilyOptions): FamilyLayers {
  return {
    trunk: [
      ...convRelu(5, 48),
      maxPool(3, 2),
      ...convRelu(5, 64),
      maxPool(3, 2),
      ...convRelu(3, 96),
      ...convRelu(3, 96),
      ...convRelu(3, 64),
    ],
    head: denseHead([512, 256], outputs),
  };
}
