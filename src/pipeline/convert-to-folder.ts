import { join } from 'node:path';
import { z } from 'zod';
import type { Clip } from '../clip/index.js';
import type { FileDone, FileJob } from './batch.js';
import { type ConvertReport, withName, writeClips } from './convert-file.js';
import { type ClipFormat, type FormatOptions, holdsSeveral } from './encode-clips.js';
import { type Failure, failureOf } from './failure.js';
import { type OpenClipOptions, type OpenTake, openTakes } from './open-clip.js';
import { takeStems } from './output-names.js';
import { keepTold, keyOfInputs, toldBefore } from './output-record.js';

/** Counted up when the same input and settings give other bytes. */
const CONVERT_VERSION = 1;

/** What changes the bytes of a conversion, as plain data. */
export interface ConvertSettings extends Omit<OpenClipOptions, 'onProgress' | 'signal'>, FormatOptions {
  readonly format: ClipFormat;
}

/** What became of one file. */
export interface ConvertedFile extends FileDone {
  readonly outputs: readonly ConvertReport[];
}

/** What is kept of a file; the record's key says that this very program wrote it. */
const Told = z.strictObject({
  outputs: z.array(
    z.custom<ConvertReport>((told) => typeof told === 'object' && told !== null && 'output' in told),
  ),
});

/**
 * Writes every take of a file in another format; what fails is told, never thrown.
 *
 * Takes go into one file where the format holds several, else into a file each. A file whose outputs are
 * there, made from the same bytes with the same settings, is left as it is.
 */
export async function convertToFolder(job: FileJob<ConvertSettings>): Promise<ConvertedFile> {
  try {
    return await convertWholeFile(job);
  } catch (error) {
    return { file: job.file, state: 'failed', outputs: [], failures: [failureOf(error)] };
  }
}

async function convertWholeFile(job: FileJob<ConvertSettings>): Promise<ConvertedFile> {
  const { file, stem, out, settings, force } = job;
  const { format } = settings;
  const key = await keyOfInputs({ version: CONVERT_VERSION, settings }, [file]);
  // A record for each format: one folder may be filled format by format.
  const recordPath = join(out, '.gaitway', `${stem}.${format}.json`);
  const told = force ? undefined : await toldBefore(recordPath, key, Told);
  if (told) return { file, state: 'unchanged', ...told, failures: [] };

  const takes = await openTakes(file, settings);
  const failures: Failure[] = [];
  const bake = (take: OpenTake): Clip[] => {
    try {
      return [withName(take.bake(), file)];
    } catch (error) {
      failures.push(failureOf(error));
      return [];
    }
  };
  const write = (clips: readonly Clip[], stem: string): Promise<ConvertReport> =>
    writeClips(clips, join(out, `${stem}.${format}`), format, { ...settings, force });
  const outputs: ConvertReport[] = [];
  if (holdsSeveral(format)) {
    const clips = takes.flatMap(bake);
    if (clips.length > 0) outputs.push(await write(clips, stem));
  } else {
    const names = takes.map(({ name }) => name);
    const stems = takeStems(names, stem);
    for (const [t, take] of takes.entries()) {
      const clips = bake(take);
      if (clips.length > 0) outputs.push(await write(clips, stems[t] as string));
    }
  }
  if (failures.length === 0) {
    const paths = outputs.map(({ output }) => output);
    await keepTold(recordPath, key, { outputs }, paths);
  }
  return { file, state: failures.length > 0 ? 'failed' : 'done', outputs, failures };
}
