import { convRelu, denseHead, meanPool } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/**
 * Two convolutions of width 5, each halved by a mean, and two dense layers.
 *
 * @see Y. LeCun et al., "Gradient-Based Learning Applied to Document Recognition" (1998), section II.B. Rectifiers
 *   stand for its sigmoids.
 */
export function lenet({ outputs }: FamilyOptions): FamilyLayers {
  return {
    trunk: [...convRelu(5, 32), meanPool(2, 2), ...convRelu(5, 64), meanPool(2, 2)],
    head: denseHead([512, 256], outputs),
  };
}
