import { convRelu, denseHead, maxPool } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/**
 * AlexNet with a narrower first filter and wider tables in the middle, which lose less of what is fine in time.
 *
 * @see M. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.1 and table 3.
 */
export function zfnet({ outputs }: FamilyOptions): FamilyLayers {
  return {
    trunk: [
      ...convRelu(3, 48),
      maxPool(3, 2),
      ...convRelu(3, 64),
      maxPool(3, 2),
      ...convRelu(3, 128),
      ...convRelu(3, 128),
      ...convRelu(3, 128),
    ],
    head: denseHead([512, 256], outputs),
  };
}
