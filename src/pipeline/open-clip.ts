import {
  type BakeOptions,
  bake,
  type Clip,
  decodeClip,
  frameTime,
  type Rate,
  resample,
  type Scene,
  sceneOfClip,
  type Take,
  withRestTake,
} from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { sniff } from '../formats/index.js';
import { type OpenOptions, type ReadingWatch, sceneOfBytes } from './open-file.js';
import { readBytes } from './read-file.js';

/** A place in a take: seconds from its start, or a frame counted from 0 at the take's own rate. */
export type TakePlace = { readonly seconds: number } | { readonly frame: number };

export interface OpenClipOptions extends OpenOptions, ReadingWatch {
  /** Name of a take, or its number from 0; the first by default. */
  readonly take?: string;
  /** Frames per second; the take's own by default. */
  readonly rate?: Rate;
  /** First and last pose, both included; the whole take by default. */
  readonly start?: TakePlace;
  readonly end?: TakePlace;
}

/**
 * Opens an animation file and bakes one take of it.
 *
 * @throws GaitwayError `clip/no-take` listing the takes where none is so called, or what `openScene` and
 *   `bake` throw.
 */
export async function openClip(path: string, options: OpenClipOptions = {}): Promise<Clip> {
  const opened = await open(path, options);
  const { scene } = opened;
  const clip = clipOfTake(opened, findTake(scene, options.take), options);
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

/** A take that is baked when it is asked for. */
export interface OpenTake {
  /** Name in the file; empty where the format has none. */
  readonly name: string;
  /** @throws GaitwayError what `bake` throws. */
  bake(): Clip;
}

/**
 * Opens an animation file and gives the take that is named, or else every take; a file with a skeleton alone
 * gives its rest pose as a take of one frame.
 *
 * @throws GaitwayError `clip/no-take` listing the takes, or what `openScene` throws.
 */
export async function openTakes(path: string, options: OpenClipOptions = {}): Promise<OpenTake[]> {
  const opened = await open(path, options);
  const { takes } = opened.scene;
  const at = (take: number): OpenTake => ({
    name: takes[take]?.name ?? '',
    bake: () => clipOfTake(opened, take, options),
  });
  if (options.take !== undefined) return [at(findTake(opened.scene, options.take))];
  if (takes.length === 0) return [{ name: '', bake: () => restClip(opened.scene) }];
  return takes.map((_, take) => at(take));
}

function restClip(scene: Scene): Clip {
  const clip = bake(withRestTake(scene));
  const warning = {
    code: 'clip/rest-pose',
    message: `${scene.source.file} has a skeleton but no animation; its rest pose is taken as a clip of one frame.`,
  };
  return { ...clip, warnings: [...clip.warnings, warning] };
}

interface Opened {
  readonly scene: Scene;
  /** A file of our own holds a baked clip; baking it again would round every number. */
  readonly baked?: Clip;
}

async function open(path: string, options: OpenOptions & ReadingWatch): Promise<Opened> {
  const bytes = await readBytes(path);
  if (sniff(bytes) !== 'gwclip' || options.scale !== undefined)
    return { scene: await sceneOfBytes(bytes, path, options) };
  const baked = decodeClip(bytes, path);
  return { scene: sceneOfClip(baked, path), baked };
}

function clipOfTake({ scene, baked }: Opened, take: number, { rate, start, end }: OpenClipOptions): Clip {
  if (baked && !start && !end) return rate ? resample(baked, rate) : baked;
  const facts = scene.takes[take];
  const options: BakeOptions = {
    take,
    ...(rate && { rate }),
    ...(facts && start && { start: secondsOf(start, facts) }),
    ...(facts && end && { end: secondsOf(end, facts) }),
  };
  return bake(scene, options);
}

const secondsOf = (place: TakePlace, { rate }: Take): number =>
  'seconds' in place ? place.seconds : place.frame * frameTime(rate);

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
