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

/** Stops or forgets a job; that it fails does not matter, since idle jobs are forgotten by themselves. */
export async function forgetJob(session: EditorSession, { job, purpose }: TransferJob): Promise<void> {
  await session.call('job_cancel', { job }, { purpose, timeoutMs: 2_000 }).catch(() => undefined);
}
