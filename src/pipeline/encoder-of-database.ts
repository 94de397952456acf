import { dirname, resolve } from 'node:path';
import { GaitwayError } from '../errors.js';
import type { MotionDatabase, SavedEncoder } from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { encoderHash } from './encoder-hash.js';

/**
 * Opens the encoder that made a database of latents, in `folder`, or else where it was when the database was built.
 *
 * @throws GaitwayError `search/no-encoder` where it is not to be found, `search/other-encoder` where it is another one,
 *   and those of `openEncoder`.
 */
export async function encoderOfDatabase(
  databaseFile: string,
  content: Extract<MotionDatabase['content'], { kind: 'latents' }>,
  folder = resolve(dirname(databaseFile), content.encoder),
): Promise<SavedEncoder> {
  const saved = await openEncoder(folder).catch((cause: unknown) => {
    if (!(cause instanceof GaitwayError) || cause.code !== 'encoder/missing') throw cause;
    throw new GaitwayError(
      'search/no-encoder',
      `${databaseFile} holds latents, and a query must be encoded as they were; name the folder of their encoder with --encoder (${folder} holds none).`,
      { database: databaseFile, folder },
      cause,
    );
  });
  if (content.encoderHash !== '' && content.encoderHash !== (await encoderHash(folder))) {
    throw new GaitwayError(
      'search/other-encoder',
      `The encoder in ${folder} is not the one that ${databaseFile} was built with; build the database again, or name the right encoder.`,
      { database: databaseFile, folder },
    );
  }
  return saved;
}
