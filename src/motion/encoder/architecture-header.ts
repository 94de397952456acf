import { z } from 'zod';
import type { Architecture, Layer } from './layers.js';

const size = z.int().positive().max(100_000);
const layers: z.ZodType<readonly Layer[]> = z.lazy(() => z.array(LayerHeader).max(200));
const LayerHeader: z.ZodType<Layer> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('dense'), outputs: size, gain: z.number().optional() }),
    z.strictObject({
      op: z.literal('conv'),
      width: size,
      stride: size,
      outputs: size,
      groups: size,
      gain: z.number().optional(),
    }),
    z.strictObject({ op: z.literal('relu') }),
    z.strictObject({ op: z.literal('pool'), kind: z.enum(['max', 'mean']), width: size, stride: size }),
    z.strictObject({
      op: z.literal('residual'),
      body: layers,
      skip: layers,
      survival: z.number().min(0).max(1),
    }),
    z.strictObject({ op: z.literal('branches'), branches: z.array(layers).min(1).max(100) }),
  ]),
);

const column = z.int().min(0).max(100_000);

/** A network's layers as an encoder's file tells them. */
export const ArchitectureHeader = z
  .strictObject({
    inputs: size,
    outputs: size,
    frames: z.array(column).max(1000),
    channels: column,
    rest: z.tuple([column, column]),
    trunk: layers,
    head: layers,
  })
  .transform((header): Architecture => ({ ...header, auxiliary: [] }));

/** What `ArchitectureHeader` reads. */
export function architectureHeader({
  auxiliary: _,
  frames,
  rest,
  ...kept
}: Architecture): z.input<typeof ArchitectureHeader> {
  return { ...kept, frames: [...frames], rest: [rest[0], rest[1]] };
}
