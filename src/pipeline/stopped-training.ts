import { existsSync } from 'node:fs';
import { GaitwayError } from '../errors.js';

/** Says how to go on, where training was stopped by the user. */
export function stoppedTraining(error: unknown, checkpoint: string): unknown {
  if (!(error instanceof GaitwayError) || error.code !== 'encoder/cancelled' || !existsSync(checkpoint))
    return error;
  return new GaitwayError(
    error.code,
    `${error.message} Run the same command again to go on from the last whole epoch (${checkpoint}).`,
    { ...error.data, checkpoint },
  );
}
