import type { Clip, Rate, Skeleton } from '../../src/clip/index.js';
import { makeRate } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { setVec3 } from '../../src/math/vec3.js';

/** A root, an arm half a metre above it, and a tip half a metre further. */
export const armSkeleton: Skeleton = {
  joints: [
    {
      name: 'root',
      parent: -1,
      restTranslation: [0, 1, 0],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: 'root',
    },
    {
      name: 'arm',
      parent: 0,
      restTranslation: [0, 0.5, 0],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: 'arm',
    },
    {
      name: 'tip',
      parent: 1,
      restTranslation: [0, 0.5, 0],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: 'tip',
    },
  ],
};

/** The arm turns about +Z by 10° a frame while the root moves 0.1 m a frame along +X. */
export function turningArm({
  frames = 10,
  rate = makeRate(10),
}: {
  frames?: number;
  rate?: Rate;
} = {}): Clip {
  const rotations = new Float64Array(frames * 12);
  const translations = new Float64Array(frames * 9);
  for (let f = 0; f < frames; f++) {
    setQuat(rotations, 3 * f, [0, 0, 0, 1]);
    setQuat(rotations, 3 * f + 1, fromAxisAngle([0, 0, 1], (f * 10 * Math.PI) / 180));
    setQuat(rotations, 3 * f + 2, [0, 0, 0, 1]);
    setVec3(translations, 3 * f, [0.1 * f, 1, 0]);
    setVec3(translations, 3 * f + 1, [0, 0.5, 0]);
    setVec3(translations, 3 * f + 2, [0, 0.5, 0]);
  }
  return {
    name: 'turning arm',
    skeleton: armSkeleton,
    rate,
    frameCount: frames,
    rotations,
    translations,
    curves: [{ name: 'ramp', values: Float64Array.from({ length: frames }, (_, f) => f) }],
    attributes: [],
    events: [{ name: 'start', time: 0, duration: 0 }],
    source: { file: 'arm.test', format: 'none', take: '', unitMetres: 1, axes: 'Y up', rate, guesses: [] },
    warnings: [],
  };
}
