import { type Batch, type BatchRequest, runBatch } from './batch.js';
import { type ConvertedFile, type ConvertSettings, convertToFolder } from './convert-to-folder.js';

export type ConvertBatch = Batch<ConvertedFile>;

/** Converts files and folders of files, several at once; a bad file is told in its place and stops no other. */
export const convertStage = (request: BatchRequest<ConvertSettings, ConvertedFile>): Promise<ConvertBatch> =>
  runBatch(
    {
      run: convertToFolder,
      module: new URL('./convert-to-folder.js', import.meta.url),
      name: 'convertToFolder',
    },
    request,
    (job) => job,
    (file, failure) => ({ file, state: 'failed', outputs: [], failures: [failure] }),
  );
