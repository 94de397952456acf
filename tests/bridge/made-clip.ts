import { type Clip, makeRate, type Skeleton } from '../../src/clip/index.js';
import { normaliseQuat, type Quat, setQuat } from '../../src/math/quat.js';
import { seededRandom } from '../../src/math/random.js';
import { setVec3 } from '../../src/math/vec3.js';

/** A chain with a branch, bones turned in all directions. */
export function madeSkeleton(names = ['root', 'pelvis', 'spine', 'head', 'thigh_l', 'calf_l']): Skeleton {
  const random = seededRandom(7);
  return {
    joints: names.map((name, j) => ({
      name,
      parent: j === 0 ? -1 : j === 4 ? 1 : j - 1,
      restTranslation: [random.normal() / 10, 0.1 + random.uniform(), random.normal() / 10],
      restRotation: normaliseQuat([random.normal(), random.normal(), random.normal(), random.normal()]),
      restScale: [1, 1, 1],
      sourceName: name,
    })),
  };
}

/** Every joint turns and moves in its own way, a metre and half a turn at most. */
export function madeClip({ frames = 40, hz = 30, name = 'sway', skeleton = madeSkeleton() } = {}): Clip {
  const { joints } = skeleton;
  const rotations = new Float64Array(frames * joints.length * 4);
  const translations = new Float64Array(frames * joints.length * 3);
  for (let f = 0; f < frames; f++) {
    joints.forEach((joint, j) => {
      const swing = Math.sin(f / 9 + j);
      const turned = joint.restRotation.map(
        (part, axis) => part + 0.4 * swing * ((axis + j) % 3),
      ) as unknown as Quat;
      setQuat(rotations, f * joints.length + j, normaliseQuat(turned));
      const [x, y, z] = joint.restTranslation;
      setVec3(translations, f * joints.length + j, j < 2 ? [x + swing, y, z + f / 30] : [x, y, z]);
    });
  }
  const rate = makeRate(hz);
  return {
    name,
    skeleton,
    rate,
    frameCount: frames,
    rotations,
    translations,
    curves: [{ name: 'speed', values: Float64Array.from({ length: frames }, (_, f) => Math.cos(f / 5)) }],
    attributes: [],
    events: [],
    source: { file: `${name}.bvh`, format: 'none', take: '', unitMetres: 1, axes: '', rate, guesses: [] },
    warnings: [],
  };
}
