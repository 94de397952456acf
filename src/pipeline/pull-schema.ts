import { type EditorSession, pullSkeleton, type UePoseSearchSchema } from '../bridge/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { type FeatureSchema, parseFeatureSchema } from '../motion/index.js';
import { characterise } from '../retarget/index.js';
import { fromUnrealSchema } from './unreal-schema/from-unreal.js';

export interface PulledSchema {
  readonly schema: FeatureSchema;
  /** Content path of the skeleton that it compares joints of. */
  readonly skeleton: string;
  readonly warnings: readonly Warning[];
}

/**
 * The PoseSearchSchema at a content path as a feature schema; `undefined` where something else or nothing is there.
 *
 * Bones are told by role where the skeleton's form and names tell it, else by name.
 *
 * @throws GaitwayError `motion/bad-schema` where it holds what a feature schema cannot, and what a call throws.
 */
export async function pullSchema(session: EditorSession, path: string): Promise<PulledSchema | undefined> {
  const found = await session
    .call('pose_search_schema', { path }, { purpose: `looking for a schema at ${path}` })
    .catch((error: unknown) => {
      if (error instanceof GaitwayError && NO_SCHEMA.has(error.code)) return undefined;
      throw error;
    });
  if (found === undefined) return undefined;
  const { schema: ue, skipped } = found;
  const schema = parseFeatureSchema(
    fromUnrealSchema(path.slice(path.lastIndexOf('/') + 1), ue, await rolesOf(session, ue)),
    path,
  );
  const warnings = skipped.map(
    (name): Warning => ({
      code: 'pull/channel-left-out',
      message: `${path} has a ${name}, which has no place in a feature schema; it was left out.`,
    }),
  );
  return { schema, skeleton: ue.skeleton, warnings };
}

const NO_SCHEMA = new Set(['bridge/asset-missing', 'bridge/pose-search-off', 'bridge/unknown-call']);

async function rolesOf(
  session: EditorSession,
  { skeleton }: UePoseSearchSchema,
): Promise<Record<string, string>> {
  if (skeleton === '') return {};
  const { skeleton: body } = await pullSkeleton(session, skeleton);
  return Object.fromEntries(
    Object.entries(characterise(body, { name: skeleton }).roles).map(([role, joint]) => [
      body.joints[joint].sourceName,
      role,
    ]),
  );
}
