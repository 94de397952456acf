import { randomUUID } from 'node:crypto';
import { GaitwayError } from '../../errors.js';
import { sleep } from '../clock.js';
import type { EditorSession } from './session.js';
import type { TransferJob } from './transfer.js';

export type JobProgress = (done: number, total: number) => void;

const POLL_MS = 50;
/** A job that does not move for so long hangs. */
const STALL_MS = 120_000;

/**
 * Waits for a job in the editor and gives its result, not yet checked.
 *
 * @throws GaitwayError the job's own code where it failed, `bridge/cancelled`, `bridge/job-stalled`.
 */
export async function waitForJob(
  session: EditorSession,
  { job, ...options }: TransferJob,
  onProgress?: JobProgress,
): Promise<unknown> {
  const { clock } = session.remote;
  let moved = clock.now();
  let last = -1;
  for (;;) {
    const status = await session.call('job_status', { job }, options);
    onProgress?.(status.done, status.total);
    if (status.state === 'done') return status.result;
    if (status.error) throw new GaitwayError(status.error.code, status.error.message, { job });
    if (status.state === 'cancelled')
      throw new GaitwayError('bridge/cancelled', `The editor cancelled ${status.note}.`, { job });
    if (status.done !== last) {
      last = status.done;
      moved = clock.now();
    } else if (clock.now() - moved > STALL_MS) {
      throw new GaitwayError(
        'bridge/job-stalled',
        `The editor answers, but has not moved on for ${STALL_MS / 1000} s while ${options.purpose}. Close open dialogs in it ` +
          'and run the command again.',
        { job, done: status.done, total: status.total },
      );
    }
    await sleep(clock, POLL_MS, options.signal);
  }
}

/** A job that has written nothing yet may begin anew, this many times in all. */
const BEGINNINGS = 3;
/** Failures after which the editor may well be there again; after the others, waiting once was enough. */
const BEGIN_ANEW = new Set(['bridge/connection-lost', 'bridge/unreadable-answer', 'bridge/unknown-job']);

/**
 * Gives `work` a new job in the editor and ends that job after it.
 *
 * Where the connection breaks, or the editor was restarted, it begins anew with another job; so `work` answers for
 * itself once it has let anything be written.
 */
export async function inNewJob<T>(
  session: EditorSession,
  options: Omit<TransferJob, 'job'>,
  work: (job: TransferJob) => Promise<T>,
): Promise<T> {
  for (let beginning = 1; ; beginning++) {
    const job: TransferJob = { job: randomUUID(), ...options };
    try {
      return await work(job);
    } catch (error) {
      const again = error instanceof GaitwayError && BEGIN_ANEW.has(error.code);
      if (!again || beginning === BEGINNINGS) throw error;
    } finally {
      // Without a connection it is not waited for: an editor that is gone would be looked for once more.
      const forgotten = forgetJob(session, job);
      if (session.remote.isOpen) await forgotten;
    }
  }
}

/** Stops or forgets a job; that it fails does not matter, since idle jobs are forgotten by themselves. */
async function forgetJob(session: EditorSession, { job, purpose }: TransferJob): Promise<void> {
  await session.call('job_cancel', { job }, { purpose, timeoutMs: 2_000 }).catch(() => undefined);
}
