import { basename } from 'node:path';
import type { Scene, Skeleton } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  type Body,
  type BoneMap,
  characterise,
  givenBy,
  isProfileName,
  PROFILE_NAMES,
  parseBoneMap,
  targetProfile,
} from '../retarget/index.js';
import { bodyOfScene } from './body-of-scene.js';
import { openScene } from './open-file.js';
import { readText } from './read-file.js';

export interface OpenedBody {
  /** The profile's name, or the file's without its folder. */
  readonly name: string;
  readonly skeleton: Skeleton;
  readonly body: Body;
  /** The file it is from; nothing for a built-in skeleton. */
  readonly scene?: Scene;
}

/** A bone map and the end of it that is asked. */
export interface MapEnd {
  readonly map: BoneMap;
  readonly end: 'source' | 'target';
}

/**
 * A skeleton to retarget to: a built-in profile by name, or the skeleton of a file.
 *
 * @param mapped what a bone map says of it.
 * @param unit unit of a file that states none; guessed by default.
 * @throws GaitwayError `target/unknown` where it is neither, or what `openScene`, `givenBy` and `characterise`
 *   throw.
 */
export async function openTarget(nameOrPath: string, mapped?: MapEnd, unit?: string): Promise<OpenedBody> {
  if (isProfileName(nameOrPath)) {
    const skeleton = targetProfile(nameOrPath);
    const given = mapped && givenBy(mapped.map, mapped.end, skeleton);
    return { name: nameOrPath, skeleton, body: characterise(skeleton, given ? { given } : {}) };
  }
  const scene = await openScene(nameOrPath, unit === undefined ? {} : { unit }).catch((error: unknown) => {
    if (error instanceof GaitwayError && error.code === 'file/missing')
      throw unknownTarget(nameOrPath, error);
    throw error;
  });
  const given = mapped && givenBy(mapped.map, mapped.end, scene.skeleton);
  return { name: basename(nameOrPath), skeleton: scene.skeleton, body: bodyOfScene(scene, given), scene };
}

/**
 * Reads a bone map file.
 *
 * @throws GaitwayError `file/…`, `bone-map/not-json`, `bone-map/wrong-form`.
 */
export async function readBoneMap(path: string): Promise<BoneMap> {
  return parseBoneMap(await readText(path), path);
}

const unknownTarget = (name: string, cause: GaitwayError): GaitwayError =>
  new GaitwayError(
    'target/unknown',
    `"${name}" is neither a built-in skeleton (${PROFILE_NAMES.join(', ')}) nor a file that is there.`,
    { name, known: PROFILE_NAMES },
    cause,
  );
