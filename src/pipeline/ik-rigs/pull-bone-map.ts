import type { EditorSession } from '../../bridge/index.js';
import type { BodyRole } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import type { BoneMap, ChainName } from '../../retarget/index.js';
import { type NamedParts, partsOfRig } from './map-of-chains.js';

export interface PulledBoneMap {
  readonly map: BoneMap;
  readonly warnings: readonly Warning[];
}

/**
 * The IK Rig or IK Retargeter at a content path as a bone map; `undefined` where something else or nothing is there. A rig
 * tells of the target alone; what a map leaves out is found as without one.
 *
 * @throws GaitwayError what a call throws.
 */
export async function pullBoneMap(session: EditorSession, path: string): Promise<PulledBoneMap | undefined> {
  const purpose = { purpose: `looking for an IK Rig at ${path}` };
  const retargeter = await ifThere(session.call('ik_retargeter', { path }, purpose));
  const rigs = retargeter ?? { source: '', target: path };
  const read = async (rig: string): Promise<NamedParts | undefined> => {
    if (rig === '') return undefined;
    const found = await ifThere(session.call('ik_rig', { path: rig }, purpose));
    return found && partsOfRig(found);
  };
  const [source, target] = [await read(rigs.source), await read(rigs.target)];
  if (!source && !target) return undefined;
  const ends = { source, target };
  return {
    map: {
      boneMap: 1,
      ...(source && { source: rigs.source }),
      ...(target && { target: rigs.target }),
      roles: pairUp<BodyRole, string>(ends, ({ roles }) => roles),
      chains: pairUp<ChainName, string[]>(ends, ({ chains }) => chains as Record<ChainName, string[]>),
    },
    warnings: [...(source?.warnings ?? []), ...(target?.warnings ?? [])],
  };
}

const NOT_THERE = new Set(['bridge/asset-missing', 'bridge/ik-rig-off', 'bridge/unknown-call']);

async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof GaitwayError && NOT_THERE.has(error.code)) return undefined;
    throw error;
  });
}

/** What two ends say of the same part side by side. */
function pairUp<K extends string, V>(
  ends: Readonly<Record<'source' | 'target', NamedParts | undefined>>,
  of: (parts: NamedParts) => Readonly<Partial<Record<K, V>>>,
): Partial<Record<K, { source?: V; target?: V }>> {
  const pairs: Partial<Record<K, { source?: V; target?: V }>> = {};
  for (const end of ['source', 'target'] as const) {
    const parts = ends[end];
    for (const [name, value] of Object.entries(parts ? of(parts) : {}) as [K, V][])
      pairs[name] = { ...pairs[name], [end]: value };
  }
  return pairs;
}
