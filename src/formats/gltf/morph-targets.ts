import { z } from 'zod';
import type { GltfJson } from './schema.js';

const Mesh = z.looseObject({
  primitives: z.array(z.looseObject({ targets: z.array(z.unknown()).optional() })),
});
const Named = z.looseObject({ extras: z.looseObject({ targetNames: z.array(z.unknown()) }) });
/** More are no face; a file that announces them lies. */
const MOST_TARGETS = 4096;

/**
 * Names of the morph targets of a node's mesh, in order: those of the mesh's extras, else `<node>.<index>`.
 *
 * Empty where the node has no mesh, or its mesh no targets or a damaged list of them.
 */
export function morphTargetNames(gltf: GltfJson, node: number): string[] {
  const { mesh: index, name } = gltf.nodes[node] ?? {};
  const mesh = index === undefined ? undefined : gltf.meshes[index];
  const parsed = Mesh.safeParse(mesh);
  if (!parsed.success) return [];
  const count = parsed.data.primitives[0]?.targets?.length ?? 0;
  if (count > MOST_TARGETS) return [];
  const stated = Named.safeParse(mesh).data?.extras.targetNames ?? [];
  return Array.from({ length: count }, (_, t) => {
    const own = stated[t];
    return typeof own === 'string' && own !== '' ? own : `${name || `node_${node}`}.${t}`;
  });
}
