import { basename, extname } from 'node:path';
import { bake, type Clip, type Rate, rateHz } from '../clip/index.js';
import type { Warning } from '../errors.js';
import type { WrittenFile } from '../formats/index.js';
import {
  type ClipFormat,
  encodeClips,
  type FormatOptions,
  formatOfEnding,
  holdsSeveral,
} from './encode-clips.js';
import { type OpenOptions, openClip, openScene } from './open-file.js';
import { writeFileAtomic } from './write-file.js';

export interface ConvertRequest extends OpenOptions, FormatOptions {
  readonly input: string;
  readonly output: string;
  /** By the ending of `output` where it is not given. */
  readonly format?: ClipFormat;
  /** Name or number of a take; without it a GLB or FBX gets all takes and other formats the first. */
  readonly take?: string;
  readonly rate?: Rate;
  readonly force?: boolean;
}

export interface ConvertReport {
  readonly input: string;
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
 * Reads a file of any known format and writes it in another.
 *
 * @throws GaitwayError `formats/cannot-write`, `clip/no-take`, or what opening and writing throw.
 */
export async function convertFile(request: ConvertRequest): Promise<ConvertReport> {
  const { input, output, take, rate, unit, up } = request;
  const format = request.format ?? formatOfEnding(output);
  const options: OpenOptions = { ...(unit !== undefined && { unit }), ...(up && { up }) };
  const clips =
    holdsSeveral(format) && take === undefined
      ? await allTakes(input, options, rate)
      : [await openClip(input, { ...options, ...(take !== undefined && { take }), ...(rate && { rate }) })];
  const written = await encodeClips(clips, format, request);
  await writeFileAtomic(output, written.bytes, { force: request.force ?? false });
  return {
    input,
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

async function allTakes(input: string, options: OpenOptions, rate: Rate | undefined): Promise<Clip[]> {
  const scene = await openScene(input, options);
  // A scene without takes is baked too, so that bake says what is missing.
  const count = Math.max(1, scene.takes.length);
  const fileName = basename(input, extname(input));
  return Array.from({ length: count }, (_, take) => {
    const clip = bake(scene, { take, ...(rate && { rate }) });
    return clip.name ? clip : { ...clip, name: fileName };
  });
}

function onlyOnce(warnings: readonly Warning[]): Warning[] {
  const told = new Set<string>();
  return warnings.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    return !told.has(key) && told.add(key);
  });
}
