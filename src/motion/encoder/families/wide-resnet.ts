import { conv, denseHead, relu, residual, survivalOf } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/** Channels and stride of the blocks. */
const BLOCKS = [
  [96, 1],
  [128, 2],
  [192, 2],
] as const;
const STEM = 32;

/**
 * Half as many residual blocks, twice as wide.
 *
 * @see S. Zagoruyko, N. Komodakis, "Wide Residual Networks" (2016), section 2.3.
 */
export function wideResnet({ outputs, survival }: FamilyOptions): FamilyLayers {
  return {
    trunk: [
      conv(3, STEM),
      ...BLOCKS.map(([channels, stride], n) =>
        residual(channels, { stride, changes: true, survival: survivalOf(n, BLOCKS.length, survival) }),
      ),
      relu,
    ],
    head: denseHead([512, 256], outputs),
  };
}
