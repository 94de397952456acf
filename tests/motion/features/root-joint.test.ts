import { describe, expect, it } from 'vitest';
import { type Clip, makeRate } from '../../../src/clip/index.js';
import { closeLoop } from '../../../src/motion/features/close-loop.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { mirrorTrack } from '../../../src/motion/features/mirror-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { trackOfClip } from '../../../src/motion/features/track-of-clip.js';

const schema = (rootJoint?: string) =>
  layoutOf(
    parseFeatureSchema({
      name: 'path',
      ...(rootJoint !== undefined && { rootJoint }),
      channels: [
        { type: 'trajectory', samples: [{ time: 0.5, position: true, facing: true }] },
        { type: 'position', role: 'pelvis' },
      ],
    }),
  );

const ROLES = { pelvis: 'pelvis', thighL: 'thigh_l', thighR: 'thigh_r', footL: 'foot_l', footR: 'foot_r' };
/** Parent and place of each joint, in metres; the root's rest lies on its back, as in files with Z up. */
const JOINTS: readonly [name: string, parent: number, place: [number, number, number]][] = [
  ['root', -1, [0, 0, 0]],
  ['pelvis', 0, [0, 0, 1]],
  ['thigh_l', 1, [0.1, 0, 0]],
  ['thigh_r', 1, [-0.1, 0, 0]],
  ['foot_l', 2, [0, 0, -1]],
  ['foot_r', 3, [0, 0, -1]],
];
const LYING = [-Math.SQRT1_2, 0, 0, Math.SQRT1_2] as const;

/** A stiff body that its root joint carries along +X at 1.2 m/s and turns to the left by `turn` radians a second. */
function carried(turn: number, frames = 61): Clip {
  const joints = JOINTS.length;
  const rotations = new Float64Array(4 * joints * frames);
  const translations = new Float64Array(3 * joints * frames);
  for (let f = 0; f < frames; f++) {
    JOINTS.forEach(([, , place], j) => {
      translations.set(j === 0 ? [(1.2 * f) / 30, 0, 0] : place, 3 * (f * joints + j));
      rotations[4 * (f * joints + j) + 3] = 1;
    });
    // Turned about the vertical after it was laid down: Ry(angle) · Rx(−90°).
    const [s, c] = [Math.sin((turn * f) / 60), Math.cos((turn * f) / 60)];
    const [x, , , w] = LYING;
    rotations.set([c * x, s * w, -s * x, c * w], 4 * f * joints);
  }
  return {
    name: 'carried',
    skeleton: {
      joints: JOINTS.map(([name, parent, place], j) => ({
        name,
        parent,
        restTranslation: place,
        restRotation: j === 0 ? [...LYING] : [0, 0, 0, 1],
        restScale: [1, 1, 1],
        sourceName: name,
      })),
    },
    rate: makeRate(30, 1),
    frameCount: frames,
    rotations,
    translations,
    curves: [],
    events: [],
    attributes: [],
    source: {
      file: '',
      format: 'none',
      take: '',
      unitMetres: 1,
      axes: 'Y up',
      rate: makeRate(30, 1),
      guesses: [],
    },
    warnings: [],
  };
}

describe('a root that is a joint', () => {
  it('goes and faces as the joint does, whatever its axes at rest', () => {
    const track = trackOfClip(carried(0), ROLES, { rootJoint: 'root' });
    const { rows } = extractFeatures(track, schema('root'));
    // It faces +Z and goes along +X, its left.
    [0.6, 0, 0, 1, 0, 1, 0].forEach((value, k) => {
      expect(rows[7 * 20 + k]).toBeCloseTo(value, 6);
    });
    const turning = trackOfClip(carried(1), ROLES, { rootJoint: 'root' });
    const turned = extractFeatures(turning, schema('root')).rows;
    expect(Math.atan2(turned[7 * 20 + 2], turned[7 * 20 + 3])).toBeCloseTo(0.5, 6);
  });

  it('is neither smoothed nor sought, and stays so around a loop and in the mirror', () => {
    const track = trackOfClip(carried(0.5), ROLES, { rootJoint: 'root' });
    expect(track.rootX[17]).toBeCloseTo((1.2 * 17) / 30, 12);
    const loop = closeLoop(track, true);
    expect(loop?.rootX[17]).toBe(track.rootX[17]);
    expect(mirrorTrack(track)).toMatchObject({ rootJoint: 'root' });
    expect(mirrorTrack(track).rootX[17]).toBe(-track.rootX[17]);
  });

  it('is refused where the skeleton lacks it, and where schema and track differ', () => {
    const code = (name: string) => expect.objectContaining({ code: name });
    expect(() => trackOfClip(carried(0), ROLES, { rootJoint: 'Root' })).toThrow(code('motion/unknown-joint'));
    expect(() => extractFeatures(trackOfClip(carried(0), ROLES), schema('root'))).toThrow(
      code('motion/other-root'),
    );
    const rooted = trackOfClip(carried(0), ROLES, { rootJoint: 'root' });
    expect(() => extractFeatures(rooted, schema())).toThrow(code('motion/other-root'));
  });
});
