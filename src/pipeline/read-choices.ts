import { readFile } from 'node:fs/promises';
import { GaitwayError } from '../errors.js';
import { readNpy } from '../motion/index.js';

/**
 * How often play chose each frame of a database, as `gaitway simulate --chosen` writes it: `.npy`, uint32 [frames].
 *
 * @throws GaitwayError `choices/unreadable` where there is no such file, `choices/bad-shape` where it holds something
 *   else, and those of `readNpy`.
 */
export async function readChoices(file: string): Promise<Uint32Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new GaitwayError(
      'choices/unreadable',
      `The choices ${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause}); name a file that \`gaitway simulate --chosen\` wrote.`,
      { file },
      cause,
    );
  }
  const { shape, data } = readNpy(bytes, file);
  if (data instanceof Uint32Array && shape.length === 1) return data;
  throw new GaitwayError(
    'choices/bad-shape',
    `${file} holds [${shape.join(', ')}]; choices are uint32 [frames], as \`gaitway simulate --chosen\` writes them.`,
    { file, shape },
  );
}
