import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { bake, type Clip, decodeClip, type Rate, resample, type Scene, sceneOfClip } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { readScene, sniff, type UpAxis } from '../formats/index.js';

export interface OpenOptions {
  /** Unit of a file that states none; guessed by default. */
  readonly unit?: string;
  /** Up axis of a file that states none; guessed by default. */
  readonly up?: UpAxis;
}

export interface OpenClipOptions extends OpenOptions {
  /** Name of a take, or its number from 0; the first by default. */
  readonly take?: string;
  /** Frames per second; the take's own by default. */
  readonly rate?: Rate;
}

/** A larger file cannot be held in one buffer on every machine. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Opens an animation file; what it refers to is looked for beside it and never outside its folder.
 *
 * @throws GaitwayError `file/missing`, `file/is-folder`, `file/unreadable`, `file/too-large`,
 *   `file/outside-folder`, or what `readScene` throws.
 */
export async function openScene(path: string, options: OpenOptions = {}): Promise<Scene> {
  return sceneOfBytes(await readBytes(path), path, options);
}

function sceneOfBytes(bytes: Uint8Array, path: string, options: OpenOptions): Promise<Scene> {
  return readScene(bytes, {
    file: path,
    ...(options.unit !== undefined && { unit: options.unit }),
    ...(options.up && { up: options.up }),
    resource: (uri) => readBeside(path, uri),
  });
}

/**
 * Opens an animation file and bakes one take of it.
 *
 * @throws GaitwayError `clip/no-take` listing the takes where none is so called, or what `openScene` and
 *   `bake` throw.
 */
export async function openClip(path: string, options: OpenClipOptions = {}): Promise<Clip> {
  const bytes = await readBytes(path);
  if (sniff(bytes) === 'gwclip') {
    // A file of our own holds a baked clip; baking it again would round every number.
    const clip = decodeClip(bytes, path);
    findTake(sceneOfClip(clip, path), options.take);
    return options.rate ? resample(clip, options.rate) : clip;
  }
  const scene = await sceneOfBytes(bytes, path, options);
  const take = findTake(scene, options.take);
  const clip = bake(scene, { take, ...(options.rate && { rate: options.rate }) });
  if (options.take !== undefined || scene.takes.length < 2) return clip;
  return {
    ...clip,
    warnings: [
      ...clip.warnings,
      {
        code: 'clip/first-take',
        message: `${path} has ${scene.takes.length} takes (${listTakes(scene)}); the first is used, as none was named.`,
      },
    ],
  };
}

/**
 * Index of the take of that name, or else of that number; 0 where none is asked for.
 *
 * @throws GaitwayError `clip/no-take` listing the takes.
 */
export function findTake(scene: Scene, wanted: string | undefined): number {
  if (wanted === undefined) return 0;
  const named = scene.takes.findIndex((take) => take.name === wanted);
  if (named >= 0) return named;
  if (/^\d+$/.test(wanted) && Number(wanted) < scene.takes.length) return Number(wanted);
  const { file } = scene.source;
  throw new GaitwayError(
    'clip/no-take',
    scene.takes.length === 0
      ? `${file} has no animation, so no take "${wanted}".`
      : `${file} has no take "${wanted}"; it has ${listTakes(scene)}, which may also be named by number.`,
    { file, take: wanted, takes: scene.takes.map((take) => take.name) },
  );
}

const MOST_LISTED = 12;

function listTakes(scene: Scene): string {
  const listed = scene.takes.slice(0, MOST_LISTED).map((take, i) => `${i} "${take.name}"`);
  return listed.join(', ') + (scene.takes.length > MOST_LISTED ? ', …' : '');
}

/**
 * The text of a file in UTF-8.
 *
 * @throws GaitwayError `file/missing`, `file/is-folder`, `file/unreadable`, `file/too-large`.
 */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

/** The bytes of a file, with errors that say what is wrong. */
async function readBytes(path: string): Promise<Uint8Array> {
  const fail = (code: string, what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(`file/${code}`, `${path}: ${what}`, { file: path }, cause);
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw fail('is-folder', 'this is a folder; a file is wanted.');
    if (facts.size > MOST_BYTES)
      throw fail('too-large', `the file has ${facts.size} bytes; at most ${MOST_BYTES} are read.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof GaitwayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw fail('missing', 'there is no such file; check the name and the folder you are in.', error);
    throw fail('unreadable', `the file cannot be read (${code ?? String(error)}).`, error);
  }
}

/** A file that another one refers to by a relative address. */
async function readBeside(path: string, uri: string): Promise<Uint8Array> {
  const refuse = (): GaitwayError =>
    new GaitwayError(
      'file/outside-folder',
      `${path} refers to "${uri.slice(0, 200)}"; only files in its own folder are read.`,
      { file: path, uri },
    );
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) throw refuse();
  const folder = await realpath(resolve(dirname(path)));
  let decoded: string;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    decoded = uri;
  }
  const isInside = (target: string): boolean => {
    const way = relative(folder, target);
    return way !== '' && !way.startsWith('..') && !isAbsolute(way);
  };
  const target = resolve(folder, decoded);
  if (decoded.includes('\0') || !isInside(target)) throw refuse();
  const real = await realpath(target).catch(() => target);
  if (!isInside(real)) throw refuse();
  return readBytes(real);
}
