import type { Layer } from '../layers.js';

/** The last layer starts small, so that training sets out from the linear prediction beside it. */
const LAST_LAYER_GAIN = 0.1;

/** Dense layers with rectifiers between them. */
export function denseHead(hidden: readonly number[], outputs: number): Layer[] {
  return [
    ...hidden.flatMap((width): Layer[] => [{ op: 'dense', outputs: width }, { op: 'relu' }]),
    { op: 'dense', outputs, gain: LAST_LAYER_GAIN },
  ];
}

export function conv(
  width: number,
  outputs: number,
  { stride = 1, groups = 1, gain }: { stride?: number; groups?: number; gain?: number } = {},
): Layer {
  return { op: 'conv', width, stride, outputs, groups, ...(gain !== undefined && { gain }) };
}

export const relu: Layer = { op: 'relu' };

/** A convolution and its rectifier. */
export const convRelu = (...of: Parameters<typeof conv>): Layer[] => [conv(...of), relu];

export const maxPool = (width: number, stride: number): Layer => ({ op: 'pool', kind: 'max', width, stride });
export const meanPool = (width: number, stride: number): Layer => ({
  op: 'pool',
  kind: 'mean',
  width,
  stride,
});

/** The last convolution of a block starts small: there is no normalisation to keep sums of blocks in bounds. */
const LAST_OF_BLOCK_GAIN = 0.2;

/** Two convolutions of width 3 beside the table itself, or beside a 1×1 convolution where its shape changes. */
export function residual(
  outputs: number,
  { stride = 1, changes = false, survival }: { stride?: number; changes?: boolean; survival: number },
): Layer {
  return {
    op: 'residual',
    skip: changes ? [conv(1, outputs, { stride })] : [],
    body: [relu, ...convRelu(3, outputs, { stride }), conv(3, outputs, { gain: LAST_OF_BLOCK_GAIN })],
    survival,
  };
}

/** 1×1 to a narrow table, a convolution in groups that do not see each other, and 1×1 back. */
export function groupedResidual(
  outputs: number,
  {
    stride = 1,
    changes = false,
    groups,
    survival,
  }: { stride?: number; changes?: boolean; groups: number; survival: number },
): Layer {
  const narrow = outputs / 2;
  return {
    op: 'residual',
    skip: changes ? [conv(1, outputs, { stride })] : [],
    body: [
      relu,
      ...convRelu(1, narrow),
      ...convRelu(3, narrow, { stride, groups }),
      conv(1, outputs, { gain: LAST_OF_BLOCK_GAIN }),
    ],
    survival,
  };
}

/** Survival of block `n` (from 0) of `count`: falls evenly to that of the last. */
export const survivalOf = (n: number, count: number, last: number): number =>
  1 - ((n + 1) / count) * (1 - last);
