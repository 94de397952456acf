import { type JobOutcome, runJobs } from '../jobs/index.js';
import { findInputs } from './clip-files.js';
import {
  type ConvertedFile,
  type ConvertJob,
  type ConvertSettings,
  convertToFolder,
} from './convert-to-folder.js';
import { failureOfJob } from './failure.js';
import { outputStems } from './output-names.js';

export interface ConvertBatchRequest {
  /** Files, and folders of files. */
  readonly inputs: readonly string[];
  readonly out: string;
  readonly settings: ConvertSettings;
  readonly force: boolean;
  /** Threads. */
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onFile?: (done: ConvertedFile, count: number, total: number) => void;
}

export interface ConvertBatch {
  readonly files: readonly ConvertedFile[];
  readonly counts: {
    readonly done: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly cancelled: number;
  };
}

/** Converts files and folders of files, several at once; a bad file is told in its place and stops no other. */
export async function convertStage(request: ConvertBatchRequest): Promise<ConvertBatch> {
  const { settings, out, force, jobs, signal, onFile } = request;
  const inputs = await findInputs(request.inputs, out);
  const stems = outputStems(inputs);
  const list = inputs.map(
    ({ file }, i): ConvertJob => ({ file, stem: stems[i] as string, out, settings, force }),
  );
  let count = 0;
  const outcomes = await runJobs(
    {
      run: convertToFolder,
      module: new URL('./convert-to-folder.js', import.meta.url),
      name: 'convertToFolder',
    },
    list,
    {
      threads: jobs,
      ...(signal && { signal }),
      onDone: (outcome, { file }) => onFile?.(fileOf(outcome, file), ++count, list.length),
    },
  );
  const files = outcomes.map((outcome, i) => fileOf(outcome, (list[i] as ConvertJob).file));
  const cancelled = outcomes.filter(({ state }) => state === 'cancelled').length;
  const ended = (state: ConvertedFile['state']): number =>
    files.filter((file) => file.state === state).length;
  return {
    files,
    counts: {
      done: ended('done'),
      unchanged: ended('unchanged'),
      failed: ended('failed') - cancelled,
      cancelled,
    },
  };
}

function fileOf(outcome: JobOutcome<ConvertedFile>, file: string): ConvertedFile {
  if (outcome.state === 'done') return outcome.result;
  return { file, state: 'failed', outputs: [], failures: [failureOfJob(outcome, file)] };
}
