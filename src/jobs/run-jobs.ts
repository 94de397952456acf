import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

/** Work that can be done here or in another thread; inputs and results are plain data. */
export interface JobKind<Input, Result> {
  /** The job itself, for running it here. */
  readonly run: (input: Input) => Promise<Result>;
  /** The built module that exports the job, and the export's name, for running it elsewhere. */
  readonly module: URL;
  readonly name: string;
}

export interface RunOptions<Input, Result> {
  /** Threads to use; 1 runs everything here. */
  readonly threads: number;
  /** When aborted, no further job is begun; those that run come to their end. */
  readonly signal?: AbortSignal;
  /** Called after each job, in the order in which they end. */
  readonly onDone?: (outcome: JobOutcome<Result>, input: Input, index: number) => void;
}

/** What became of a job: its result, the error it threw, or nothing because the run was cancelled before it. */
export type JobOutcome<Result> =
  | { readonly state: 'done'; readonly result: Result }
  | { readonly state: 'crashed'; readonly error: unknown }
  | { readonly state: 'cancelled' };

/**
 * Runs a job on every input, a few at a time, and gives the outcomes in the order of the inputs.
 *
 * One job that throws never stops the others.
 */
export async function runJobs<Input, Result>(
  kind: JobKind<Input, Result>,
  inputs: readonly Input[],
  { threads, signal, onDone }: RunOptions<Input, Result>,
): Promise<JobOutcome<Result>[]> {
  const count = Math.max(1, Math.min(threads, inputs.length));
  const pool =
    count > 1
      ? new Piscina<Input, Result>({ filename: fileURLToPath(kind.module), minThreads: 1, maxThreads: count })
      : undefined;
  const run = pool ? (input: Input): Promise<Result> => pool.run(input, { name: kind.name }) : kind.run;
  const outcomes: JobOutcome<Result>[] = inputs.map(() => ({ state: 'cancelled' }));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.length && !signal?.aborted) {
      const index = next++;
      const input = inputs[index] as Input;
      const outcome = await run(input).then(
        (result): JobOutcome<Result> => ({ state: 'done', result }),
        (error: unknown): JobOutcome<Result> => ({ state: 'crashed', error }),
      );
      outcomes[index] = outcome;
      onDone?.(outcome, input, index);
    }
  };
  try {
    await Promise.all(Array.from({ length: count }, work));
  } finally {
    await pool?.destroy();
  }
  return outcomes;
}
