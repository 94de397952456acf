import { GaitwayError } from '../errors.js';
import type { JobOutcome } from '../jobs/index.js';

/** Why a file of a batch failed, as plain data. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof GaitwayError) return { code: error.code, message: error.message };
  return { code: 'internal/unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** Why a job gave no result: it was never begun, or its thread ended. */
export function failureOfJob(
  outcome: Exclude<JobOutcome<unknown>, { readonly state: 'done' }>,
  file: string,
): Failure {
  if (outcome.state === 'cancelled')
    return { code: 'jobs/cancelled', message: `${file} was not begun, as the run was cancelled.` };
  const { error } = outcome;
  return {
    code: 'jobs/crashed',
    message: `${file}: the worker thread ended (${error instanceof Error ? error.message : String(error)}).`,
  };
}
