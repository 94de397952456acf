import { type Clip, type Rate, restPose, type Skeleton } from '../../clip/index.js';
import { fromAxisAngle, multiply, quatAt, setQuat } from '../../math/quat.js';
import { seededRandom } from '../../math/random.js';

const MOST_RADIANS = 1.2;

/** Every joint turning about an axis of its own, to and fro, from the rest pose; the same in every run. */
export function swingingClip(skeleton: Skeleton, frameCount: number, rate: Rate): Clip {
  const random = seededRandom(1);
  const count = skeleton.joints.length;
  const rest = restPose(skeleton);
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float64Array(3 * count * frameCount);
  const swings = skeleton.joints.map(() => {
    const [x, y, z] = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(x, y, z) || 1;
    return { axis: [x / length, y / length, z / length] as const, speed: 0.05 + 0.2 * random.uniform() };
  });
  for (let f = 0; f < frameCount; f++) {
    translations.set(rest.translations, 3 * count * f);
    swings.forEach(({ axis, speed }, j) => {
      const turn = fromAxisAngle(axis, MOST_RADIANS * Math.sin(speed * f));
      setQuat(rotations, f * count + j, multiply(quatAt(rest.rotations, j), turn));
    });
  }
  return {
    name: 'proof',
    skeleton,
    rate,
    frameCount,
    rotations,
    translations,
    curves: [],
    events: [],
    attributes: [],
    source: { file: '', format: 'none', take: '', unitMetres: 1, axes: 'Y up', rate, guesses: [] },
    warnings: [],
  };
}
