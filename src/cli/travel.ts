import { z } from 'zod';

const WANTED = 'scaled, 1:1 or a factor such as 1.2 is wanted';

/** `scaled`, `1:1`, or how many times the source's way. */
export const Travel = z.union(
  [
    z.literal('scaled'),
    z.literal('1:1').transform(() => 1),
    z.coerce.number(WANTED).positive(WANTED).max(100, WANTED),
  ],
  WANTED,
);
