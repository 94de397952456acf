import type { GltfJson } from './schema.js';

/** Nodes by humanoid bone name (`leftUpperArm`), from VRM 0.x, VRM 1.0 and VRMA; empty for other files. */
export function humanoidBones(gltf: GltfJson): Map<string, number> {
  const bones = new Map<string, number>();
  for (const name of ['VRM', 'VRMC_vrm', 'VRMC_vrm_animation']) {
    const extension = gltf.extensions?.[name] as { humanoid?: { humanBones?: unknown } } | undefined;
    const listed = extension?.humanoid?.humanBones;
    if (listed === null || typeof listed !== 'object') continue;
    for (const [key, entry] of Object.entries(listed)) {
      const { bone = key, node } = (entry ?? {}) as { bone?: unknown; node?: unknown };
      if (typeof bone === 'string' && Number.isInteger(node) && (node as number) >= 0)
        bones.set(bone, node as number);
    }
  }
  return bones;
}
