import type { Clip } from '../clip/index.js';
import type { Warning } from '../errors.js';
import { nameList } from './name-list.js';

/** What of a clip a format may not be able to hold. */
export type ClipExtra = 'curves' | 'events' | 'attributes' | 'scales';

/** A warning for each kind of extra that a clip has and a format cannot hold, naming what is lost. */
export function warnOfLeftOut(
  clip: Clip,
  format: 'BVH' | 'FBX' | 'GLB' | 'VRMA',
  kinds: readonly ClipExtra[],
): Warning[] {
  return kinds.flatMap((kind) => {
    const names = namesOf(clip, kind);
    if (names.length === 0) return [];
    return [
      {
        code: `${format.toLowerCase()}/${kind}-left-out`,
        message: `${clip.name ? `"${clip.name}": a` : 'A'} ${format} file cannot hold ${WORDS[kind]}; left out: ${nameList(names)}.`,
      },
    ];
  });
}

const WORDS: Readonly<Record<ClipExtra, string>> = {
  curves: 'curves',
  events: 'events',
  attributes: 'attributes',
  scales: 'joint scales',
};

function namesOf(clip: Clip, kind: ClipExtra): string[] {
  switch (kind) {
    case 'curves':
      return clip.curves.map(({ name }) => name);
    case 'events':
      return [...new Set(clip.events.map(({ name }) => name))];
    case 'attributes':
      return clip.attributes.map(({ joint, name }) => (joint ? `${joint}.${name}` : name));
    case 'scales':
      return scaledJoints(clip);
  }
}

function scaledJoints({ scales, skeleton }: Clip): string[] {
  const count = skeleton.joints.length;
  return skeleton.joints.flatMap(({ name }, j) => {
    for (let i = 3 * j; scales && i < scales.length; i += 3 * count) {
      if (scales[i] !== 1 || scales[i + 1] !== 1 || scales[i + 2] !== 1) return [name];
    }
    return [];
  });
}
