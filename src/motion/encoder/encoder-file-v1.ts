import { z } from 'zod';
import { architectureHeader } from './architecture-header.js';
import type { FileArray } from './array-file.js';
import { type Layer, linearArchitecture } from './layers.js';

const HeaderVersion1 = z.looseObject({
  dim: z.int(),
  layers: z.array(
    z.strictObject({ inputs: z.int(), outputs: z.int(), activation: z.enum(['relu', 'none']) }),
  ),
});

/**
 * The header of version 1, which knew dense layers only, as one of version 2; its arrays get their new names.
 *
 * What is no such header is given back as it is, for the newer schema to refuse.
 */
export function fromVersion1(content: unknown, arrays: Record<string, FileArray>): unknown {
  const parsed = HeaderVersion1.safeParse(content);
  if (!parsed.success) return content;
  const { layers, ...rest } = parsed.data;
  const inputs = arrays['input.mean']?.length ?? 0;
  const head = layers.flatMap(({ outputs, activation }, n): Layer[] => {
    for (const [k, what] of ['weights', 'bias'].entries()) {
      arrays[`network.${2 * n + k}`] = arrays[`layer${n}.${what}`];
      delete arrays[`layer${n}.${what}`];
    }
    return activation === 'relu' ? [{ op: 'dense', outputs }, { op: 'relu' }] : [{ op: 'dense', outputs }];
  });
  return { ...rest, network: architectureHeader({ ...linearArchitecture(inputs, rest.dim), head }) };
}
