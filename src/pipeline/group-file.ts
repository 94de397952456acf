import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../errors.js';
import type { GroupChoice } from '../motion/index.js';
import { parseJsonText } from './json-text.js';

const GroupFile = z
  .record(z.string().min(1), z.record(z.string().min(1), z.array(z.string().min(1)).min(1)))
  .refine((groups) => Object.keys(groups).length > 0, 'one group at least is wanted');

/**
 * Reads which labels stand for which tags: `{"gait": {"walk": ["walk", "walk-left"], "run": ["run", "dash"]}}`.
 *
 * @throws GaitwayError `tagger/bad-groups`.
 */
export async function readGroups(path: string): Promise<GroupChoice> {
  const bad = (why: string, cause?: unknown): GaitwayError =>
    new GaitwayError(
      'tagger/bad-groups',
      `${path} does not tell which labels make which tags: ${why}. Wanted is {"gait": {"walk": ["walk", "stroll"], "run": ["run"]}}.`,
      { file: path },
      cause,
    );
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw bad(`it cannot be read (${cause.code ?? cause})`, cause);
  });
  const parsed = GroupFile.safeParse(
    parseJsonText(text, (why, cause) => bad(`it is not JSON: ${why}`, cause)),
  );
  if (parsed.success) return parsed.data;
  throw bad(faultsInWords(parsed.error.issues).replaceAll('\n', '; '));
}
