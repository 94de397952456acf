import { z } from 'zod';
import type { GltfJson } from './schema.js';

const Place = z.object({ node: z.int().nonnegative() });

const VrmAnimation = z.object({
  expressions: z
    .object({
      preset: z.record(z.string(), Place).default({}),
      custom: z.record(z.string(), Place).default({}),
    })
    .partial()
    .default({}),
  lookAt: z.object({ node: z.int().nonnegative().optional() }).default({}),
});

/** What a VRMA says about nodes that are no bones. */
export interface VrmAnimationNodes {
  /** Expression by the node whose translation along x is its weight. */
  readonly expressions: ReadonlyMap<number, string>;
  /** The node that turns as the eyes do. */
  readonly lookAt: number | undefined;
}

/** Nodes of a VRMA's expressions and gaze; none for other files, or where the extension is damaged. */
export function vrmAnimationNodes(gltf: GltfJson): VrmAnimationNodes {
  const parsed = VrmAnimation.safeParse(gltf.extensions?.VRMC_vrm_animation);
  if (!parsed.success) return { expressions: new Map(), lookAt: undefined };
  const { expressions, lookAt } = parsed.data;
  const named = [...Object.entries(expressions.preset ?? {}), ...Object.entries(expressions.custom ?? {})];
  return { expressions: new Map(named.map(([name, { node }]) => [node, name])), lookAt: lookAt.node };
}
