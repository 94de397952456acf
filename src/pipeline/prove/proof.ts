import type { CallTakes, EditorSession, EditorSkeleton } from '../../bridge/index.js';
import type { Rate } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import type { Project } from '../project.js';

/** Everything that proofs make lies here, and is removed at the end. */
export const PROOF_FOLDER = '/Game/GaitwayProof';

/** What a proof works with. */
export interface ProofContext {
  readonly session: EditorSession;
  readonly port: number;
  readonly project: Project;
  readonly skeleton: EditorSkeleton;
  /** Mesh for a figure in the level. */
  readonly mesh: string;
  readonly defaultRate: Rate;
  /** Frames of the long animation whose reading is timed. */
  readonly frames: number;
  readonly signal?: AbortSignal;
}

/** What was seen, and whether it is what was assumed. */
export interface Seen {
  readonly seen: string;
  readonly isProven: boolean;
  readonly data?: unknown;
}

/** One thing that is assumed of the engine, and how to find out. */
export interface ProofStep {
  readonly id: string;
  readonly assumed: string;
  readonly done: string;
  /** @throws GaitwayError where it could not be run. */
  readonly run: (context: ProofContext) => Promise<Seen>;
}

/** One thing that is assumed of the engine, and what came of trying it. */
export interface Proof {
  readonly id: string;
  readonly assumed: string;
  readonly done: string;
  readonly seen: string;
  readonly outcome: 'proven' | 'disproven' | 'not-run';
  readonly data?: unknown;
}

/** What was proven in which editor. */
export interface ProofReport {
  readonly gaitway: string;
  readonly engine: string;
  readonly platform: string;
  readonly python: string;
  readonly skeleton: string;
  readonly bones: number;
  readonly proofs: readonly Proof[];
  /** Assets that could not be removed. */
  readonly left: readonly string[];
  readonly counts: Readonly<Record<Proof['outcome'], number>>;
}

/** Runs one step; what keeps it from being run is told, and does not stop the others. */
export async function runProof({ id, assumed, done, run }: ProofStep, context: ProofContext): Promise<Proof> {
  try {
    const { seen, isProven, data } = await run(context);
    const outcome = isProven ? 'proven' : 'disproven';
    return { id, assumed, done, seen, outcome, ...(data !== undefined && { data }) };
  } catch (error) {
    if (!(error instanceof GaitwayError) || context.signal?.aborted) throw error;
    return {
      id,
      assumed,
      done,
      seen: error.message,
      outcome: 'not-run',
      data: { code: error.code, ...error.data },
    };
  }
}

/** Asks the plugin to try something out. */
export function askProof(
  { session, skeleton, signal }: ProofContext,
  check: CallTakes<'prove'>['check'],
  { asset = `${PROOF_FOLDER}/Trial`, clip = '', first = 0, count = 0 } = {},
): Promise<unknown> {
  return session.call(
    'prove',
    { check, asset, skeleton: skeleton.path, clip, first, count },
    { purpose: `trying "${check}" out`, timeoutMs: 60_000, ...(signal && { signal }) },
  );
}
