import { setImmediate } from 'node:timers/promises';
import { type Scene, scaledScene } from '../clip/index.js';
import { readScene, type UpAxis } from '../formats/index.js';
import { readBeside, readBytes } from './read-file.js';

export interface OpenOptions {
  /** Unit of a file that states none; guessed by default. */
  readonly unit?: string;
  /** Up axis of a file that states none; guessed by default. */
  readonly up?: UpAxis;
  /** All lengths are multiplied by this: for files that state another unit than they use. */
  readonly scale?: number;
}

/** How a long reading is watched and stopped. */
export interface ReadingWatch {
  /** Told the share (0..1) of a large file that is read, now and then. */
  readonly onProgress?: (share: number) => void;
  /** Stops the reading at its next step. */
  readonly signal?: AbortSignal;
}

/**
 * Opens an animation file; what it refers to is looked for beside it and never outside its folder.
 *
 * @throws GaitwayError `file/missing`, `file/is-folder`, `file/unreadable`, `file/too-large`,
 *   `file/outside-folder`, or what `readScene` throws.
 */
export async function openScene(path: string, options: OpenOptions & ReadingWatch = {}): Promise<Scene> {
  return sceneOfBytes(await readBytes(path), path, options);
}

/**
 * The scene of a file whose bytes are read already.
 *
 * @throws GaitwayError what `readScene` throws.
 */
export async function sceneOfBytes(
  bytes: Uint8Array,
  path: string,
  { unit, up, scale, onProgress, signal }: OpenOptions & ReadingWatch,
): Promise<Scene> {
  const scene = await readScene(bytes, {
    file: path,
    ...(unit !== undefined && { unit }),
    ...(up && { up }),
    resource: (uri) => readBeside(path, uri),
    onProgress: async (share) => {
      onProgress?.(share);
      // Lets the process hear Ctrl-C between two parts of a large file.
      await setImmediate();
      signal?.throwIfAborted();
    },
  });
  return scale === undefined || scale === 1 ? scene : scaledScene(scene, scale);
}
