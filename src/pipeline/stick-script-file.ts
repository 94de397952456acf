import { GaitwayError } from '../errors.js';
import {
  type GaitSpeeds,
  parseStickScript,
  randomSticks,
  STANDARD_PATHS,
  type StickScript,
  standardPath,
} from '../motion/index.js';
import { parseJsonText } from './json-text.js';
import { readText } from './read-file.js';

export interface SticksWanted {
  /** `random`, the name of a standard path, or a JSON file. */
  readonly path: string;
  /** Of the standard paths. */
  readonly gait: 'walk' | 'run';
  /** Of random sticks. */
  readonly seed: number;
  readonly seconds: number;
  /** The database has frames that stand. */
  readonly stands: boolean;
}

/**
 * The sticks that a word names.
 *
 * @throws GaitwayError `simulate/no-path` where it is neither a path nor a JSON file, `simulate/bad-sticks`, and those of
 *   `readText`.
 */
export async function sticksOf(wanted: SticksWanted, speeds: GaitSpeeds): Promise<StickScript> {
  const { path, gait } = wanted;
  if (path === 'random') return randomSticks(wanted);
  const standard = STANDARD_PATHS.find((name) => name === path);
  if (standard) return standardPath(standard, speeds, gait);
  if (!path.toLowerCase().endsWith('.json')) {
    throw new GaitwayError(
      'simulate/no-path',
      `"${path}" is no path to play: random, ${STANDARD_PATHS.join(', ')} or a JSON file of sticks is wanted.`,
      { path },
    );
  }
  const value = parseJsonText(
    await readText(path),
    (why, cause) =>
      new GaitwayError('simulate/bad-sticks', `${path} is not JSON: ${why}.`, { file: path }, cause),
  );
  return parseStickScript(value, path);
}
