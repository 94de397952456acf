import { z } from 'zod';
import { GaitwayError, type Warning } from '../../errors.js';
import { nameList } from '../name-list.js';
import { morphTargetNames } from './morph-targets.js';
import type { GltfJson } from './schema.js';
import type { Track } from './track.js';
import { vrmAnimationNodes } from './vrm-animation.js';

type Sampler = GltfJson['animations'][number]['samplers'][number];

/** What a channel moves, told before its numbers are read. */
export type Channel = { readonly sampler: Sampler; readonly node: number } & (
  | { readonly kind: 'node'; readonly path: Track['path'] }
  | {
      readonly kind: 'curves';
      readonly path: 'weights' | 'translation';
      /** [size of a row]; `undefined` for numbers that are no curve */
      readonly names: readonly (string | undefined)[];
    }
);

const PATHS: readonly string[] = ['translation', 'rotation', 'scale'];
const Pointer = z.object({ KHR_animation_pointer: z.object({ pointer: z.string() }) });

/** The ways in which a channel can be left out, and what is said of them. */
const LEFT_OUT = {
  'gltf/pointer-left-out': 'Animated properties (KHR_animation_pointer) are left out: ',
  'gltf/look-at-left-out': 'The animated gaze of a VRMA is left out; it turns the node ',
  'gltf/weights-left-out': 'Animated weights of nodes without morph targets are left out: ',
  'gltf/track-left-out':
    'Places, rotations, scales and morph weights of nodes are read; left out are animated ',
} as const;

/**
 * Sorts the channels of all animations into those that move nodes and those that are float curves: morph
 * weights, and the expressions of a VRMA. The rest is left out with one warning a kind.
 *
 * Gives [animations][channels].
 *
 * @throws GaitwayError `gltf/bad-animation` where a channel refers to a sampler that is not there.
 */
export function sortChannels(gltf: GltfJson, file: string): { channels: Channel[][]; warnings: Warning[] } {
  const { expressions, lookAt } = vrmAnimationNodes(gltf);
  const left = new Map<keyof typeof LEFT_OUT, string[]>();
  const leaveOut = (code: keyof typeof LEFT_OUT, name: string): [] => {
    const names = left.get(code);
    if (names) names.push(name);
    else left.set(code, [name]);
    return [];
  };
  const nameOf = (node: number): string => gltf.nodes[node]?.name || `node ${node}`;

  const channels = gltf.animations.map((animation, a) =>
    animation.channels.flatMap(({ sampler: index, target }): Channel[] => {
      const { node, path } = target;
      if (path === 'pointer') {
        const parsed = Pointer.safeParse(target.extensions);
        return leaveOut(
          'gltf/pointer-left-out',
          parsed.data?.KHR_animation_pointer.pointer ?? '(no pointer)',
        );
      }
      const isKnown = PATHS.includes(path) || path === 'weights';
      if (!isKnown || node === undefined) return leaveOut('gltf/track-left-out', `"${path.slice(0, 40)}"`);
      if (node === lookAt) return leaveOut('gltf/look-at-left-out', nameOf(node));
      const sampler = animation.samplers[index];
      if (!sampler) {
        throw new GaitwayError(
          'gltf/bad-animation',
          `${file || 'The glTF file'}, animation ${a} "${animation.name ?? ''}": sampler ${index} of the ${path} of node ${node} is referred to but not there; export the file again.`,
          { file, animation: a, node },
        );
      }
      const expression = expressions.get(node);
      if (expression !== undefined) {
        if (path !== 'translation')
          return leaveOut('gltf/track-left-out', `${path} of expression ${expression}`);
        return [{ kind: 'curves', node, path, sampler, names: [expression, undefined, undefined] }];
      }
      if (path === 'weights') {
        const names = morphTargetNames(gltf, node);
        if (names.length === 0) return leaveOut('gltf/weights-left-out', nameOf(node));
        return [{ kind: 'curves', node, path, sampler, names }];
      }
      return [{ kind: 'node', node, path: path as Track['path'], sampler }];
    }),
  );
  return {
    channels,
    warnings: [...left].map(([code, names]) => ({ code, message: `${LEFT_OUT[code]}${nameList(names)}.` })),
  };
}
