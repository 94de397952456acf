import { type JobOutcome, runJobs } from '../jobs/index.js';
import { findInputs } from './clip-files.js';
import { failureOfJob } from './failure.js';
import { outputStems } from './output-names.js';
import {
  type RetargetedFile,
  type RetargetJob,
  type RetargetSettings,
  retargetFile,
} from './retarget-file.js';
import { openTarget } from './target.js';

export interface RetargetRequest {
  /** Files, and folders of files. */
  readonly inputs: readonly string[];
  readonly out: string;
  readonly settings: RetargetSettings;
  readonly force: boolean;
  readonly dryRun: boolean;
  /** Threads. */
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onFile?: (done: RetargetedFile, count: number, total: number) => void;
}

export interface RetargetBatch {
  readonly files: readonly RetargetedFile[];
  readonly counts: {
    readonly done: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly cancelled: number;
  };
}

/**
 * Retargets files and folders of files, several at once; a bad file is told in its place and stops no other.
 *
 * @throws GaitwayError what `openTarget` throws, before anything is done.
 */
export async function retargetStage(request: RetargetRequest): Promise<RetargetBatch> {
  const { settings, out, force, dryRun, jobs, signal, onFile } = request;
  await openTarget(
    settings.target,
    settings.map && { map: settings.map, end: 'target' },
    settings.targetUnit,
  );
  const inputs = await findInputs(request.inputs, out);
  const stems = outputStems(inputs);
  const list = inputs.map(
    ({ file }, i): RetargetJob => ({ file, stem: stems[i] as string, out, settings, force, dryRun }),
  );
  let count = 0;
  const outcomes = await runJobs(
    { run: retargetFile, module: new URL('./retarget-file.js', import.meta.url), name: 'retargetFile' },
    list,
    {
      threads: jobs,
      ...(signal && { signal }),
      onDone: (outcome, { file }) => onFile?.(fileOf(outcome, file), ++count, list.length),
    },
  );
  const files = outcomes.map((outcome, i) => fileOf(outcome, (list[i] as RetargetJob).file));
  const ended = (state: RetargetedFile['state']): number =>
    files.filter((file, i) => file.state === state && outcomes[i]?.state !== 'cancelled').length;
  return {
    files,
    counts: {
      done: ended('done'),
      unchanged: ended('unchanged'),
      failed: ended('failed'),
      cancelled: outcomes.filter(({ state }) => state === 'cancelled').length,
    },
  };
}

function fileOf(outcome: JobOutcome<RetargetedFile>, file: string): RetargetedFile {
  if (outcome.state === 'done') return outcome.result;
  return { file, family: 'unknown', state: 'failed', clips: [], failures: [failureOfJob(outcome, file)] };
}
