import { describe, expect, it } from 'vitest';
import { jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { vec3At } from '../../src/math/vec3.js';
import { characterise, retargetClip, type SoleMode, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 30;
const DEGREE = Math.PI / 180;

/** A figure whose ankles lie `height` over its balls. */
const withAnkles = (prefix: string, height: number): Skeleton =>
  skeletonOf(
    figureRows(MIXAMO, inWords).map(
      ([name, parent, x, y, z]): Row => [
        prefix + name,
        parent && prefix + parent,
        x,
        name.endsWith('Foot') ? 0.01 + height : y,
        z,
      ],
    ),
  );
const low = withAnkles('', 0.04);
const high = withAnkles('b_', 0.11);

/** Stands and nods. */
function standing(skeleton: Skeleton) {
  const clip = restClip(skeleton, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    const row = f * skeleton.joints.length + jointIndex(skeleton, 'Spine');
    setQuat(clip.rotations, row, fromAxisAngle([1, 0, 0], 0.2 * Math.sin(f / 4)));
    clip.translations[3 * f * skeleton.joints.length] += 0.001 * f;
  }
  return clip;
}

/** Degrees by which the line from ankle to ball falls, and whether the clip was warned of. */
function carried(target: Skeleton, soles: SoleMode): { pitch: number; told: boolean } {
  const { clip, report } = retargetClip(standing(low), characterise(low), target, characterise(target), {
    soles,
  });
  const { positions } = worldPoseOfFrame(clip, 9);
  const joint = (...names: string[]): number =>
    target.joints.findIndex(({ name }) => names.some((wanted) => name.endsWith(wanted)));
  const [a, b] = [
    vec3At(positions, joint('LeftFoot', 'foot_l')),
    vec3At(positions, joint('LeftToeBase', 'ball_l')),
  ];
  return {
    pitch: Math.asin((a[1] - b[1]) / Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])) / DEGREE,
    told: report.warnings.some(({ code }) => code === 'retarget/soles-apart'),
  };
}

const OWN = Math.atan2(0.04, 0.13) / DEGREE;
const FLAT = Math.atan2(0.11, 0.13) / DEGREE;

describe('soles', () => {
  it('of two rigs that nobody vouches for stay near the source’s direction, and that is told', () => {
    const { pitch, told } = carried(high, 'auto');
    expect(Math.abs(pitch - OWN)).toBeLessThan(5);
    expect(told).toBe(true);
  });

  it('are turned flat, or left as they point, where it is asked for', () => {
    expect(carried(high, 'flat').pitch).toBeCloseTo(FLAT, 0);
    expect(carried(high, 'source').pitch).toBeCloseTo(OWN, 0);
    expect(carried(high, 'flat').told).toBe(false);
  });

  it('are flat on a mannequin, whose soles are known', () => {
    const mannequin = targetProfile('ue5-mannequin');
    const { pitch, told } = carried(mannequin, 'auto');
    expect(pitch).toBeCloseTo(26.5, 0);
    expect(told).toBe(false);
  });
});
