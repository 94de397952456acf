import { type EditorSession, pullSkeleton } from '../../bridge/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { sha256 } from '../../math/sha256.js';
import { applyBoneMap, type BoneMap } from '../../retarget/index.js';
import { nameAsset } from '../name-asset.js';
import { chainsOfBody, type IkChain } from './chains-of-body.js';

export interface BoneMapTarget {
  readonly session: EditorSession;
  /** Content folder, without a slash at its end. */
  readonly folder: string;
  /** Content path of the mesh that the map's target is. */
  readonly mesh: string;
  /** Content path of the mesh that the map's source is, where the project has one: a retargeter is made then. */
  readonly sourceMesh?: string;
  readonly force: boolean;
}

export interface PushedRigs {
  /** Content paths of the IK Rigs: the target's, and the source's where there is one. */
  readonly rigs: readonly string[];
  readonly retargeter?: string;
  readonly chains: number;
  readonly warnings: readonly Warning[];
}

/**
 * Makes an IK Rig with the chains of a bone map for a mesh of the open editor; with two meshes a rig for each, and an IK
 * Retargeter that pairs their chains by name.
 *
 * @throws GaitwayError `retarget/no-roles` where the mesh is no body, what `applyBoneMap` and a call throw.
 */
export async function pushBoneMap(map: BoneMap, name: string, target: BoneMapTarget): Promise<PushedRigs> {
  const own = await pushRig(map, 'target', target.mesh, name, target);
  if (target.sourceMesh === undefined)
    return { rigs: [own.path], chains: own.chains.length, warnings: own.told };
  const source = await pushRig(map, 'source', target.sourceMesh, name, target);
  const theirs = new Set(source.chains.map((chain) => chain.name));
  const pairs = own.chains.map((chain) => ({
    source: theirs.has(chain.name) ? chain.name : '',
    target: chain.name,
  }));
  const { asset, told } = nameAsset(`RTG_${name}`);
  const path = `${target.folder}/${asset}`;
  const wanted = { source: source.path, target: own.path, pairs };
  await target.session.call(
    'write_ik_retargeter',
    { path, ...wanted, contentHash: hashOf(wanted), sourceName: name, force: target.force },
    { purpose: `pushing the IK Retargeter ${path}` },
  );
  return {
    rigs: [own.path, source.path],
    retargeter: path,
    chains: own.chains.length,
    warnings: [...own.told, ...source.told, ...told],
  };
}

async function pushRig(
  map: BoneMap,
  end: 'source' | 'target',
  mesh: string,
  name: string,
  { session, folder, force }: BoneMapTarget,
): Promise<{ path: string; chains: IkChain[]; told: readonly Warning[] }> {
  const { skeleton } = await pullSkeleton(session, mesh);
  const body = applyBoneMap(map, end, skeleton, { name: mesh });
  const pelvis = body.roles.pelvis;
  if (pelvis === undefined) {
    throw new GaitwayError(
      'push/no-pelvis',
      `${mesh} has no pelvis by the bone map "${name}"; name it there.`,
      {
        mesh,
      },
    );
  }
  const chains = chainsOfBody(body, skeleton);
  const { asset, told } = nameAsset(`IKR_${mesh.slice(mesh.lastIndexOf('/') + 1)}`);
  const path = `${folder}/${asset}`;
  const wanted = { mesh, root: skeleton.joints[pelvis].sourceName, chains };
  await session.call(
    'write_ik_rig',
    { path, ...wanted, contentHash: hashOf(wanted), sourceName: name, force },
    { purpose: `pushing the IK Rig ${path}` },
  );
  return { path, chains, told: [...body.warnings, ...told] };
}

const hashOf = (value: unknown): string => sha256(new TextEncoder().encode(JSON.stringify(value)));
