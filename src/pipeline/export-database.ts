import { extname } from 'node:path';
import { GaitwayError } from '../errors.js';
import { encodeNpz, encodeSafetensors, exportedArrays, type MotionDatabase } from '../motion/index.js';
import { openDatabase } from './database-file.js';
import { writeFileAtomic } from './write-file.js';

const WRITERS: Readonly<Record<string, (database: MotionDatabase) => Uint8Array>> = {
  npz: encodeNpz,
  safetensors: encodeSafetensors,
};

/** Endings of the files that a database is exported to. */
export const EXPORT_ENDINGS = Object.keys(WRITERS);

export interface ExportReport {
  readonly output: string;
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly bytes: number;
}

/**
 * Writes the arrays of a `.gwdb` file for other programs: `.npz` (NumPy) or `.safetensors`, by the output's ending.
 *
 * @throws GaitwayError `database/cannot-export` for another ending, `database/too-large`, and those of `openDatabase` and
 *   `writeFileAtomic`.
 */
export async function exportDatabase(
  input: string,
  output: string,
  { force = false }: { readonly force?: boolean } = {},
): Promise<ExportReport> {
  const ending = extname(output).slice(1).toLowerCase();
  if (!Object.hasOwn(WRITERS, ending)) {
    throw new GaitwayError(
      'database/cannot-export',
      `${output}: a motion database is written as ${EXPORT_ENDINGS.map((name) => `.${name}`).join(' or ')}; name such a file.`,
      { file: output, formats: EXPORT_ENDINGS },
    );
  }
  const database = await openDatabase(input);
  const bytes = WRITERS[ending](database);
  await writeFileAtomic(output, bytes, { force });
  return {
    output,
    arrays: exportedArrays(database).map(({ name, shape }) => ({ name, shape })),
    bytes: bytes.length,
  };
}
