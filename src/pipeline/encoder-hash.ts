import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENCODER_FILE } from './train-stage.js';

/** SHA-256 of the encoder in a folder that `train` wrote. */
export async function encoderHash(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(folder, ENCODER_FILE)))
    .digest('hex');
}
