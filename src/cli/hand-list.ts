import { z } from 'zod';
import { HAND_WISHES } from '../retarget/index.js';

/** Wishes for hands, separated by commas, each once. */
export const HandList = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
  .pipe(z.array(z.enum(HAND_WISHES, `${HAND_WISHES.join(', ')} are wanted, with commas between`)).min(1));
