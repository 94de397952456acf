import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from './write-file.js';

/** Kept beside the outputs of a file, so that a second run finds them made. */
interface OutputRecord<Told> {
  readonly key: string;
  /** What the first run told of the file. */
  readonly told: Told;
  /** Size in bytes of every output, by path. */
  readonly sizes: { readonly [path: string]: number };
}

/**
 * What an earlier run told of a file, where its outputs are still there and were made with the same key.
 *
 * A missing or damaged record gives nothing: the file is made anew.
 */
export async function toldBefore<Told>(
  path: string,
  key: string,
  shape: z.ZodType<Told>,
): Promise<Told | undefined> {
  const Record = z.strictObject({ key: z.string(), told: shape, sizes: z.record(z.string(), z.number()) });
  try {
    const record = Record.parse(JSON.parse(await readFile(path, 'utf8')));
    if (record.key !== key) return undefined;
    for (const [output, size] of Object.entries(record.sizes))
      if ((await stat(output)).size !== size) return undefined;
    return record.told;
  } catch {
    return undefined;
  }
}

/** Keeps what is told of a file with the sizes of its outputs. */
export async function keepTold<Told>(
  path: string,
  key: string,
  told: Told,
  outputs: readonly string[],
): Promise<void> {
  const sizes: { [path: string]: number } = {};
  for (const output of outputs) sizes[output] = (await stat(output)).size;
  const record: OutputRecord<Told> = { key, told, sizes };
  await writeFileAtomic(path, `${JSON.stringify(record, null, 2)}\n`, { force: true });
}

/** Hash of the settings and of the bytes of files, with the buffers that a .gltf refers to. */
export async function keyOfInputs(settings: unknown, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of files) {
    hash.update(await readFile(path).catch(() => ''));
    for (const beside of await filesBeside(path)) hash.update(await readFile(beside).catch(() => ''));
  }
  return hash.digest('hex');
}

/** Buffers that a .gltf refers to, as they lie beside it. */
async function filesBeside(path: string): Promise<string[]> {
  if (extname(path).toLowerCase() !== '.gltf') return [];
  try {
    const { buffers = [] } = JSON.parse(await readFile(path, 'utf8')) as { buffers?: { uri?: unknown }[] };
    return buffers.flatMap(({ uri }) =>
      typeof uri === 'string' && !uri.startsWith('data:')
        ? [resolve(dirname(path), decodeURIComponent(uri))]
        : [],
    );
  } catch {
    // What is wrong with the file is told where it is opened.
    return [];
  }
}
