import { convRelu, denseHead, maxPool } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/**
 * Filters of width 3 only, two or three between halvings, and twice the channels after each.
 *
 * @see K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (2015),
 *   section 2.1.
 */
export function vgg({ outputs }: FamilyOptions): FamilyLayers {
  const stage = (count: number, channels: number) =>
    Array.from({ length: count }, () => convRelu(3, channels)).flat();
  return {
    trunk: [...stage(2, 32), maxPool(2, 2), ...stage(2, 64), maxPool(2, 2), ...stage(3, 128)],
    head: denseHead([512, 256], outputs),
  };
}
