import { basename, extname } from 'node:path';
import { type Clip, rateHz } from '../clip/index.js';
import type { Warning } from '../errors.js';
import type { WrittenFile } from '../formats/index.js';
import {
  type ClipFormat,
  encodeClips,
  type FormatOptions,
  formatOfEnding,
  holdsSeveral,
} from './encode-clips.js';
import { type OpenClipOptions, openClip, openTakes } from './open-clip.js';
import { writeFileAtomic } from './write-file.js';

export interface ConvertRequest extends OpenClipOptions, FormatOptions {
  readonly input: string;
  readonly output: string;
  /** By the ending of `output` where it is not given. */
  readonly format?: ClipFormat;
  readonly force?: boolean;
}

/** A file that was written, with what is in it. */
export interface ConvertReport {
  readonly output: string;
  readonly format: ClipFormat;
  readonly clips: readonly {
    readonly name: string;
    readonly frameCount: number;
    readonly rateHz: number;
  }[];
  readonly jointCount: number;
  readonly bytes: number;
  readonly renamed: WrittenFile['renamed'];
  readonly guesses: readonly string[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads a file of any known format and writes it in another: the take that is named, or else all takes where
 * the format holds several and the first where it holds one.
 *
 * @throws GaitwayError `formats/cannot-write`, `clip/no-take`, or what opening and writing throw.
 */
export async function convertFile(request: ConvertRequest): Promise<ConvertReport> {
  const { input, output } = request;
  const format = request.format ?? formatOfEnding(output);
  const clips = holdsSeveral(format)
    ? (await openTakes(input, request)).map((take) => take.bake())
    : [await openClip(input, request)];
  return writeClips(
    clips.map((clip) => withName(clip, input)),
    output,
    format,
    request,
  );
}

/** The clip under the file's name where it has none of its own. */
export const withName = (clip: Clip, file: string): Clip =>
  clip.name ? clip : { ...clip, name: basename(file, extname(file)) };

/**
 * Writes clips as one file.
 *
 * @throws GaitwayError what encoding and writing throw.
 */
export async function writeClips(
  clips: readonly Clip[],
  output: string,
  format: ClipFormat,
  options: FormatOptions & { readonly force?: boolean },
): Promise<ConvertReport> {
  const written = await encodeClips(clips, format, options);
  await writeFileAtomic(output, written.bytes, { force: options.force ?? false });
  return {
    output,
    format,
    clips: clips.map((clip) => ({
      name: clip.name,
      frameCount: clip.frameCount,
      rateHz: rateHz(clip.rate),
    })),
    jointCount: clips[0].skeleton.joints.length,
    bytes: written.bytes.length,
    renamed: written.renamed,
    guesses: clips[0].source.guesses,
    warnings: [...onlyOnce(clips.flatMap((clip) => clip.warnings)), ...written.warnings],
  };
}

function onlyOnce(warnings: readonly Warning[]): Warning[] {
  const told = new Set<string>();
  return warnings.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    return !told.has(key) && told.add(key);
  });
}
