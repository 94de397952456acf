import { z } from 'zod';

/** Some of a few names, separated by commas, each once. */
export const nameList = <const T extends readonly [string, ...string[]]>(names: T) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
    .pipe(z.array(z.enum(names, `${names.join(', ')} are wanted, with commas between`)).min(1));
