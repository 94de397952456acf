import { extname } from 'node:path';
import { GaitwayError } from '../errors.js';
import { type EncoderSide, encoderToOnnx, type OnnxEncoder, readEncoder } from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { readBytes } from './read-file.js';
import { writeFileAtomic } from './write-file.js';

export interface EncoderExportReport {
  readonly output: string;
  readonly side: EncoderSide;
  /** What each number of the input is, in order. */
  readonly columns: OnnxEncoder['columns'];
  readonly dim: number;
  readonly bytes: number;
}

/**
 * Writes one side of an encoder as an ONNX model, for Unreal's NNE and other runtimes.
 *
 * @param input The folder that `train` wrote, or a `.gwenc` file.
 * @throws GaitwayError `encoder/cannot-export` for another ending than `.onnx`, those of `openEncoder`, `readBytes`
 *   and `writeFileAtomic`.
 */
export async function exportEncoder(
  input: string,
  output: string,
  { side, force = false }: { readonly side: EncoderSide; readonly force?: boolean },
): Promise<EncoderExportReport> {
  if (extname(output).toLowerCase() !== '.onnx') {
    throw new GaitwayError(
      'encoder/cannot-export',
      `${output}: an encoder is written as .onnx; name such a file.`,
      { file: output },
    );
  }
  const isFile = extname(input).toLowerCase() === '.gwenc';
  const { encoder } = isFile ? readEncoder(await readBytes(input), input) : await openEncoder(input);
  const { bytes, columns, dim } = encoderToOnnx(encoder, side);
  await writeFileAtomic(output, bytes, { force });
  return { output, side, columns, dim, bytes: bytes.length };
}
