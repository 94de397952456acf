import { z } from 'zod';
import { GaitwayError } from '../errors.js';

/**
 * Checks a command's flags once, at the border.
 *
 * @throws GaitwayError `cli/usage` naming the flag; the command line ends with exit code 2 then.
 */
export function parseFlags<T extends z.ZodType>(schema: T, raw: unknown): z.infer<T> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const flag = `--${String(issue?.path[0] ?? '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new GaitwayError('cli/usage', `${flag}: ${issue?.message ?? z.prettifyError(parsed.error)}`, {
    flag,
  });
}
