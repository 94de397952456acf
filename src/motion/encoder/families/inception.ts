import type { Layer } from '../layers.js';
import { conv, convRelu, denseHead, maxPool, relu } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/** Channels of the four branches, and of the 1×1 reductions before the wider filters. */
interface Widths {
  readonly one: number;
  readonly three: readonly [number, number];
  readonly five: readonly [number, number];
  readonly pooled: number;
}

/** Filters of width 1, 3 and 5 and a maximum, side by side; the wide ones see a reduced table. */
function module({ one, three, five, pooled }: Widths): Layer[] {
  return [
    {
      op: 'branches',
      branches: [
        [conv(1, one)],
        [...convRelu(1, three[0]), conv(3, three[1])],
        [...convRelu(1, five[0]), conv(5, five[1])],
        [maxPool(3, 1), conv(1, pooled)],
      ],
    },
    relu,
  ];
}

/**
 * Three inception modules; in training a head on the first two keeps their gradients alive.
 *
 * @see C. Szegedy et al., "Going Deeper with Convolutions" (2015), sections 4 and 5.
 */
export function inception({ outputs }: FamilyOptions): FamilyLayers {
  const stem = [...convRelu(3, 64), maxPool(3, 2)];
  const first = module({ one: 24, three: [24, 32], five: [8, 16], pooled: 16 });
  const second = module({ one: 32, three: [32, 48], five: [8, 16], pooled: 16 });
  const third = module({ one: 40, three: [32, 64], five: [8, 16], pooled: 24 });
  const auxiliaryHead = [...convRelu(1, 32), ...denseHead([128], outputs)];
  const afterFirst = stem.length + first.length;
  return {
    trunk: [...stem, ...first, ...second, maxPool(3, 2), ...third],
    head: denseHead([512, 256], outputs),
    auxiliary: [
      { after: afterFirst, head: auxiliaryHead },
      { after: afterFirst + second.length, head: auxiliaryHead },
    ],
  };
}
