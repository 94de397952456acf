import { z } from 'zod';
import { CLIP_FORMATS } from '../pipeline/index.js';

/** Formats separated by commas, in any case, each once. */
export const FormatList = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim().toLowerCase()))])
  .pipe(z.array(z.enum(CLIP_FORMATS, `${CLIP_FORMATS.join(', ')} are wanted, with commas between`)).min(1));

/** For help texts. */
export const FORMAT_NAMES = CLIP_FORMATS.join(', ');
