import type { GaitwayError } from '../errors.js';

/**
 * The JSON of a text file, with or without a byte order mark.
 *
 * @param refuse makes the error of a text that is none, from what is wrong with it.
 */
export function parseJsonText(text: string, refuse: (why: string, cause: unknown) => GaitwayError): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
