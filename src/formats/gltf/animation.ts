import { z } from 'zod';
import { makeRate, type Rate } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { type AccessorSource, readAccessors } from './accessors.js';
import type { GltfJson } from './schema.js';
import type { Interpolation, Track } from './track.js';

/** One animation of a file: tracks of nodes. */
export interface GltfAnimation {
  readonly name: string;
  readonly tracks: readonly Track[];
  /** Seconds to the last key. */
  readonly duration: number;
  /** Frames per second where a writer left them, as Gaitway does; glTF itself states none. */
  readonly statedRate?: Rate;
}

const StatedRate = z.object({
  gaitway: z.object({ rate: z.tuple([z.int().positive(), z.int().positive()]) }),
});

function statedRate(extras: unknown): { statedRate?: Rate } {
  const parsed = StatedRate.safeParse(extras);
  if (!parsed.success) return {};
  const [numerator, denominator] = parsed.data.gaitway.rate;
  return numerator / denominator <= 1e6 ? { statedRate: makeRate(numerator, denominator) } : {};
}

const SIZES: Readonly<Record<string, number>> = { translation: 3, rotation: 4, scale: 3 };

/**
 * Reads all animations; morph weights and other paths are left out with a warning.
 *
 * @throws GaitwayError `gltf/bad-animation` naming the animation and node, and what `readAccessors` throws.
 */
export async function readAnimations(
  gltf: GltfJson,
  source: AccessorSource,
): Promise<{ animations: GltfAnimation[]; warnings: Warning[] }> {
  const { file } = source;
  const warnings: Warning[] = [];
  const fail = (animation: number, what: string): GaitwayError =>
    new GaitwayError(
      'gltf/bad-animation',
      `${file || 'The glTF file'}, animation ${animation} "${gltf.animations[animation].name ?? ''}": ${what}.`,
      { file, animation },
    );
  const channels = gltf.animations.map((animation, a) =>
    animation.channels.flatMap(({ sampler: index, target }) => {
      const sampler = animation.samplers[index];
      if (!sampler) throw fail(a, `sampler ${index} is referred to but not there`);
      if (target.node === undefined || !SIZES[target.path]) {
        if (!warnings.some(({ message }) => message.includes(`"${target.path}"`))) {
          warnings.push({
            code: 'gltf/track-left-out',
            message: `Animated "${target.path.slice(0, 40)}" is left out; places, rotations and scales of nodes are read.`,
          });
        }
        return [];
      }
      return [{ node: target.node, path: target.path as Track['path'], sampler }];
    }),
  );
  const wanted = new Set(channels.flat().flatMap(({ sampler }) => [sampler.input, sampler.output]));
  const numbers = await readAccessors(gltf, wanted, source);

  const animations = gltf.animations.map((animation, a): GltfAnimation => {
    const tracks = channels[a].map(({ node, path, sampler }): Track => {
      const times = numbers.get(sampler.input) as Float64Array;
      const values = numbers.get(sampler.output) as Float64Array;
      const interpolation = sampler.interpolation as Interpolation;
      if (!['LINEAR', 'STEP', 'CUBICSPLINE'].includes(interpolation))
        throw fail(a, `interpolation ${interpolation.slice(0, 40)} is unknown`);
      const perKey = SIZES[path] * (interpolation === 'CUBICSPLINE' ? 3 : 1);
      if (times.length === 0) throw fail(a, `the ${path} of node ${node} has no keys`);
      if (values.length !== times.length * perKey) {
        throw fail(
          a,
          `the ${path} of node ${node} has ${times.length} keys and ${values.length} numbers; ${times.length * perKey} are wanted`,
        );
      }
      const unordered = times.findIndex(
        (time, k) => !Number.isFinite(time) || (k > 0 && time < times[k - 1]),
      );
      if (unordered >= 0) throw fail(a, `key ${unordered} of the ${path} of node ${node} is out of order`);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0)
        throw fail(a, `key ${Math.floor(bad / perKey)} of the ${path} of node ${node} is no finite number`);
      return { node, path, interpolation, times, values };
    });
    return {
      name: animation.name ?? '',
      ...statedRate(animation.extras),
      tracks,
      duration: tracks.reduce((last, { times }) => Math.max(last, times[times.length - 1]), 0),
    };
  });
  return { animations, warnings };
}
