import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pullSkeleton } from '../../bridge/index.js';
import { makeRate } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { type EditorLinkOptions, openEditorLink } from '../editor-link.js';
import { writeFileAtomic } from '../write-file.js';
import { ANIMATION_PROOFS, ANIMATIONS } from './animation-proofs.js';
import { DATABASE_PROOFS, DATABASES } from './database-proofs.js';
import { nameListProof } from './name-list-proof.js';
import { askProof, type Proof, type ProofContext, type ProofReport, runProof } from './proof.js';
import { proofAsHtml } from './proof-report.js';
import { SERVER_PROOFS } from './server-proofs.js';

export interface ProveRequest extends EditorLinkOptions {
  /** Skeleton to prove on; `skeleton` of `gaitway.json` by default. */
  readonly skeleton?: string;
  readonly mesh: string;
  /** Frames of the long animation. */
  readonly frames: number;
  /** Folder for the report; `Saved/Gaitway/Proof` of the project by default. */
  readonly out?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** A report and where it was written. */
export interface ProveResult {
  readonly report: ProofReport;
  readonly files: readonly string[];
}

/**
 * Tries out in an open editor what is only inferred of it, removes what it made, and writes a report as JSON and as a
 * page.
 *
 * What cannot be run is told and does not stop the rest.
 *
 * @throws GaitwayError what `openEditorLink` and `pullSkeleton` throw, `bridge/cancelled`.
 */
export async function proveStage(request: ProveRequest, version: string): Promise<ProveResult> {
  const { signal, onProgress, mesh, frames } = request;
  const { session, project } = await openEditorLink(request);
  const out = request.out ?? join(project.folder, 'Saved', 'Gaitway', 'Proof');
  try {
    const { engine, python, defaultRate } = await session.capabilities();
    const skeleton = await pullSkeleton(session, request.skeleton ?? project.config.skeleton);
    const context: ProofContext = {
      session,
      port: request.port ?? project.config.editor.port,
      project,
      skeleton,
      mesh,
      frames,
      defaultRate: makeRate(defaultRate.numerator, defaultRate.denominator),
      ...(signal && { signal }),
    };
    const files = ['proof.json', 'proof.html', 'unreal.py'].map((name) => join(out, name)) as [
      string,
      string,
      string,
    ];
    const [json, html, nameList] = files;
    await rm(nameList, { force: true });
    await makeFolder(out);
    const steps = [...SERVER_PROOFS, ...ANIMATION_PROOFS, ...DATABASE_PROOFS, nameListProof(nameList)];
    const proofs: Proof[] = [];
    let left: string[] = [];
    try {
      for (const step of steps) {
        onProgress?.(proofs.length, steps.length, step.id);
        proofs.push(await runProof(step, context));
      }
    } finally {
      left = await removeAll(context);
    }
    const count = (outcome: Proof['outcome']): number =>
      proofs.filter((proof) => proof.outcome === outcome).length;
    const report: ProofReport = {
      gaitway: version,
      engine,
      platform: `${process.platform} ${process.arch}`,
      python,
      skeleton: skeleton.path,
      bones: skeleton.skeleton.joints.length,
      proofs,
      left,
      counts: { proven: count('proven'), disproven: count('disproven'), 'not-run': count('not-run') },
    };
    await writeFileAtomic(json, `${JSON.stringify(report, null, 2)}\n`, { force: true });
    await writeFileAtomic(html, proofAsHtml(report), { force: true });
    return { report, files: proofs.at(-1)?.outcome === 'proven' ? files : [json, html] };
  } finally {
    session.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw new GaitwayError('file/unwritable', `${folder} cannot be made (${cause.code}).`, { folder }, cause);
  });
}

async function removeAll({ signal: _, ...context }: ProofContext): Promise<string[]> {
  const left: string[] = [];
  for (const asset of [...DATABASES, ...ANIMATIONS]) {
    const answer = await askProof(context, 'delete', { asset }).catch(() => ({ gone: false }));
    if ((answer as { gone: boolean }).gone !== true) left.push(asset);
  }
  return left;
}
