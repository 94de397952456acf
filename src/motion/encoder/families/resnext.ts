import { conv, denseHead, groupedResidual, relu, survivalOf } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/** Channels and stride of the blocks. */
const BLOCKS = [
  [64, 1],
  [64, 1],
  [96, 2],
  [96, 1],
  [128, 2],
  [128, 1],
] as const;
const STEM = 64;
/** Paths that do not see each other inside a block. */
const GROUPS = 4;

/**
 * Residual blocks of many narrow paths.
 *
 * @see S. Xie et al., "Aggregated Residual Transformations for Deep Neural Networks" (2017), figure 3c.
 */
export function resnext({ outputs, survival }: FamilyOptions): FamilyLayers {
  return {
    trunk: [
      conv(3, STEM),
      ...BLOCKS.map(([channels, stride], n) =>
        groupedResidual(channels, {
          stride,
          changes: stride > 1,
          groups: GROUPS,
          survival: survivalOf(n, BLOCKS.length, survival),
        }),
      ),
      relu,
    ],
    head: denseHead([512, 256], outputs),
  };
}
