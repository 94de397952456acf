import { z } from 'zod';

/** A factor for lengths. */
export const Scale = z.coerce
  .number('a factor is wanted, such as 0.01')
  .positive('a factor above 0 is wanted')
  .max(1e6);
