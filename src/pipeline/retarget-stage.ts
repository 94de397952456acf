import { type Batch, type BatchRequest, runBatch } from './batch.js';
import { type RetargetedFile, type RetargetSettings, retargetFile } from './retarget-file.js';
import { openTarget } from './target.js';

export interface RetargetRequest extends BatchRequest<RetargetSettings, RetargetedFile> {
  /** Measures and reports, and writes nothing. */
  readonly dryRun: boolean;
}

export type RetargetBatch = Batch<RetargetedFile>;

/**
 * Retargets files and folders of files, several at once; a bad file is told in its place and stops no other.
 *
 * @throws GaitwayError what `openTarget` throws, before anything is done.
 */
export async function retargetStage(request: RetargetRequest): Promise<RetargetBatch> {
  const { settings, dryRun } = request;
  await openTarget(
    settings.target,
    settings.map && { map: settings.map, end: 'target' },
    settings.targetUnit,
  );
  return runBatch(
    { run: retargetFile, module: new URL('./retarget-file.js', import.meta.url), name: 'retargetFile' },
    request,
    (job) => ({ ...job, dryRun }),
    (file, failure) => ({ file, family: 'unknown', state: 'failed', clips: [], failures: [failure] }),
  );
}
