import { z } from 'zod';

/** `scaled`, `1:1`, or how many times the source's way. */
export const Travel = z.union(
  [z.literal('scaled'), z.literal('1:1').transform(() => 1), z.coerce.number().positive().max(100)],
  'scaled, 1:1 or a factor such as 1.2 is wanted',
);
