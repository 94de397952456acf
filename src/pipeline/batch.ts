import { type JobKind, type JobOutcome, runJobs } from '../jobs/index.js';
import { findInputs } from './clip-files.js';
import { type Failure, failureOfJob } from './failure.js';
import { outputStems } from './output-names.js';

/** Many files through one kind of work, several at once. */
export interface BatchRequest<Settings, Done> {
  /** Files, and folders of files. */
  readonly inputs: readonly string[];
  readonly out: string;
  readonly settings: Settings;
  readonly force: boolean;
  /** Threads. */
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onFile?: (done: Done, count: number, total: number) => void;
}

/** One file of a batch, as plain data. */
export interface FileJob<Settings> {
  readonly file: string;
  /** Where its outputs go, below `out`, without ending. */
  readonly stem: string;
  readonly out: string;
  readonly settings: Settings;
  readonly force: boolean;
}

/** What became of one file. */
export interface FileDone {
  readonly file: string;
  readonly state: 'done' | 'unchanged' | 'failed';
  readonly failures: readonly Failure[];
}

export interface Batch<Done extends FileDone> {
  readonly files: readonly Done[];
  readonly counts: {
    readonly done: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly cancelled: number;
  };
}

/**
 * Runs a job on every file of the inputs; a bad file is told in its place and stops no other.
 *
 * `failed` makes what is told of a file whose job gave nothing.
 */
export async function runBatch<Settings, Job extends FileJob<Settings>, Done extends FileDone>(
  kind: JobKind<Job, Done>,
  request: BatchRequest<Settings, Done>,
  jobOf: (job: FileJob<Settings>) => Job,
  failed: (file: string, failure: Failure) => Done,
): Promise<Batch<Done>> {
  const { out, settings, force, jobs, signal, onFile } = request;
  const inputs = await findInputs(request.inputs, out);
  const stems = outputStems(inputs);
  const list = inputs.map(({ file }, i) => jobOf({ file, stem: stems[i] as string, out, settings, force }));
  const told = (outcome: JobOutcome<Done>, file: string): Done =>
    outcome.state === 'done' ? outcome.result : failed(file, failureOfJob(outcome, file));
  let count = 0;
  const outcomes = await runJobs(kind, list, {
    threads: jobs,
    ...(signal && { signal }),
    onDone: (outcome, { file }) => onFile?.(told(outcome, file), ++count, list.length),
  });
  const files = outcomes.map((outcome, i) => told(outcome, (list[i] as Job).file));
  const cancelled = outcomes.filter(({ state }) => state === 'cancelled').length;
  const ended = (state: FileDone['state']): number => files.filter((file) => file.state === state).length;
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
