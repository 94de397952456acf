import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { GaitwayError } from '../errors.js';
import { type FeatureRows, readNpy } from '../motion/index.js';

/**
 * Latents of one clip as `gaitway encode` writes them: `NAME.npy`, float32 [frames, D], and, where it is there,
 * `NAME.valid.npy`, uint8 [frames]. The clip's folders may be kept below `folder` or dropped.
 *
 * @throws GaitwayError `latents/missing`, `latents/bad-shape`, and those of `readNpy`.
 */
export async function readLatents(folder: string, clip: string): Promise<FeatureRows> {
  const name = clip.slice(0, clip.length - extname(clip).length);
  const found = (await readFirst(folder, [name, basename(name)], '.npy')) ?? missing(folder, name);
  const { shape, data } = readNpy(found.bytes, found.file);
  if (!(data instanceof Float32Array) || shape.length !== 2) {
    throw new GaitwayError(
      'latents/bad-shape',
      `${found.file} holds [${shape.join(', ')}]; latents are float32 [frames, numbers].`,
      { file: found.file, shape },
    );
  }
  const [frameCount, dimension] = shape;
  const mask = await readFirst(folder, [name, basename(name)], '.valid.npy');
  const valid = mask ? readNpy(mask.bytes, mask.file).data : new Uint8Array(frameCount).fill(1);
  if (!(valid instanceof Uint8Array) || valid.length !== frameCount) {
    throw new GaitwayError(
      'latents/bad-shape',
      `${mask?.file} must hold ${frameCount} numbers of type uint8, one for each row of ${found.file}.`,
      { file: mask?.file, rows: frameCount },
    );
  }
  return { frameCount, dimension, rows: data, valid };
}

function missing(folder: string, name: string): never {
  throw new GaitwayError(
    'latents/missing',
    `${folder} has no latents of ${name} (${basename(name)}.npy); encode the clip into that folder first.`,
    { folder, clip: name },
  );
}

async function readFirst(
  folder: string,
  names: readonly string[],
  ending: string,
): Promise<{ readonly file: string; readonly bytes: Uint8Array } | undefined> {
  for (const name of names) {
    const file = join(folder, name + ending);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) return { file, bytes };
  }
  return undefined;
}
