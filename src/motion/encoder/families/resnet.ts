import { conv, denseHead, relu, residual, survivalOf } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/** Channels and stride of the blocks. */
const BLOCKS = [
  [48, 1],
  [48, 1],
  [64, 2],
  [64, 1],
  [96, 2],
  [96, 1],
] as const;
const STEM = 48;

/**
 * Six residual blocks, rectifiers first.
 *
 * @see K. He et al., "Identity Mappings in Deep Residual Networks" (2016), figure 4e; G. Huang et al., "Deep Networks
 *   with Stochastic Depth" (2016), equation 4. Without batch normalisation: blocks start small instead.
 */
export function resnet({ outputs, survival }: FamilyOptions): FamilyLayers {
  return {
    trunk: [
      conv(3, STEM),
      ...BLOCKS.map(([channels, stride], n) =>
        residual(channels, {
          stride,
          changes: stride > 1,
          survival: survivalOf(n, BLOCKS.length, survival),
        }),
      ),
      relu,
    ],
    head: denseHead([512, 256], outputs),
  };
}
