import { basename, extname, relative, resolve, sep } from 'node:path';
import { GaitwayError, type Warning } from '../errors.js';
import { listClipFiles } from './clip-files.js';

export interface NamedClip {
  /** The file's name without its ending; below a folder that was given, its path there, with `/`. */
  readonly name: string;
  readonly file: string;
}

/**
 * The clips that paths stand for, each once and with the name that its outputs get; a folder stands for all clips under it.
 *
 * @throws GaitwayError `clips/same-name` where two clips' outputs would be one file, `clips/none` where there is none.
 */
export async function namedClips(paths: readonly string[]): Promise<NamedClip[]> {
  const clips: NamedClip[] = [];
  const seen = new Map<string, string>();
  for (const path of paths) {
    for (const file of await listClipFiles([path])) {
      const place = file === path ? basename(file) : relative(path, file).split(sep).join('/');
      const name = place.slice(0, place.length - extname(place).length);
      const other = seen.get(name.toLowerCase());
      if (other !== undefined && resolve(other) === resolve(file)) continue;
      if (other !== undefined) {
        throw new GaitwayError(
          'clips/same-name',
          `${other} and ${file} would both be written as "${name}"; give them one at a time, with different output folders.`,
          { files: [other, file], name },
        );
      }
      seen.set(name.toLowerCase(), file);
      clips.push({ name, file });
    }
  }
  if (clips.length > 0) return clips;
  throw new GaitwayError(
    'clips/none',
    `There is no clip in ${paths.join(', ')}; BVH, FBX, glTF and .gwclip files are read.`,
    {
      paths: [...paths],
    },
  );
}

/** A fact about one clip of many, worth telling. */
export interface ClipWarning extends Warning {
  readonly clip: string;
}
