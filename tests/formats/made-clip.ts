import { type Clip, type Joint, keepSignsContinuous, makeRate } from '../../src/clip/index.js';
import { fromRotationVector, IDENTITY, multiply, setQuat } from '../../src/math/quat.js';
import { seededRandom } from '../../src/math/random.js';
import { setVec3, type Vec3 } from '../../src/math/vec3.js';

export interface MadeClipOptions {
  readonly seed: number;
  readonly jointCount?: number;
  readonly frameCount?: number;
  readonly rootCount?: number;
  /** Joints have turned rest frames, as those of Unreal have. */
  readonly turnedRest?: boolean;
  readonly rate?: Clip['rate'];
}

/** A random tree of joints in a random, smooth motion; the same seed gives the same clip. */
export function makeClip(options: MadeClipOptions): Clip {
  const { seed, jointCount = 12, frameCount = 9, rootCount = 1, turnedRest = true } = options;
  const random = seededRandom(seed);
  const vector = (size: number): Vec3 => [
    size * random.normal(),
    size * random.normal(),
    size * random.normal(),
  ];
  const joints: Joint[] = Array.from({ length: jointCount }, (_, j) => ({
    name: `joint${j}`,
    parent: j < rootCount ? -1 : random.below(j),
    restTranslation: vector(0.2),
    restRotation: turnedRest ? fromRotationVector(vector(1)) : IDENTITY,
    restScale: [1, 1, 1],
    sourceName: `joint${j}`,
  }));
  const rotations = new Float64Array(4 * jointCount * frameCount);
  const translations = new Float64Array(3 * jointCount * frameCount);
  joints.forEach((joint, j) => {
    const axis = vector(1.2);
    const moves = joint.parent < 0 || random.uniform() < 0.2;
    const way = vector(0.1);
    for (let f = 0; f < frameCount; f++) {
      const t = Math.sin((f / frameCount) * 6 + j);
      setQuat(
        rotations,
        f * jointCount + j,
        multiply(joint.restRotation, fromRotationVector([axis[0] * t, axis[1] * t, axis[2] * t])),
      );
      const [x, y, z] = joint.restTranslation;
      const s = moves ? t : 0;
      setVec3(translations, f * jointCount + j, [x + way[0] * s, y + way[1] * s, z + way[2] * s]);
    }
  });
  keepSignsContinuous(rotations, jointCount);
  return {
    name: 'made',
    skeleton: { joints },
    rate: options.rate ?? makeRate(30),
    frameCount,
    rotations,
    translations,
    curves: [],
    attributes: [],
    events: [],
    source: {
      file: '',
      format: 'none',
      take: 'made',
      unitMetres: 1,
      axes: 'Y up',
      rate: options.rate ?? makeRate(30),
      guesses: [],
    },
    warnings: [],
  };
}
