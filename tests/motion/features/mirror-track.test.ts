import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import type { BlockSource } from '../../../src/motion/features/feature-block.js';
import { mirroredKey } from '../../../src/motion/features/joint-key.js';
import { type FeatureLayout, layoutOf } from '../../../src/motion/features/layout.js';
import { mirrorTrack } from '../../../src/motion/features/mirror-track.js';
import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

const joints = (fields: object) => [
  { role: 'footL', ...fields },
  { role: 'footR', ...fields },
];
const LAYOUT = layoutOf(
  parseFeatureSchema({
    name: 'everything',
    velocityOver: 0.05,
    channels: [
      { type: 'pose', joints: joints({ rotation: true, phase: true }), space: 'character' },
      ...joints({ type: 'velocity', keep: 'ground', time: 0.1 }),
      ...joints({ type: 'heading', axis: 'y', originTime: -0.1 }),
      { type: 'position', role: 'footL', originRole: 'footR' },
      { type: 'position', role: 'footR', originRole: 'footL' },
      { type: 'position', role: 'pelvis', time: 0.35, keep: 'height' },
      { type: 'heading', time: 0.3 },
      {
        type: 'trajectory',
        samples: [{ time: 0.4, position: true, velocity: true, velocityDirection: 'all', facing: true }],
      },
    ],
  }),
);

/** Rotations that no two joints share, at rest alike on both sides as the mirror has it. */
function turning(track: MotionTrack): MotionTrack {
  const count = LEG_ROLES.length;
  const rotations = new Float64Array(4 * count * track.frameCount);
  const restRotations = new Float64Array(4 * count);
  const put = (out: Float64Array, at: number, x: number, y: number, z: number, w: number): void => {
    const size = Math.hypot(x, y, z, w);
    [x, y, z, w].forEach((value, k) => {
      out[at + k] = value / size;
    });
  };
  LEG_ROLES.forEach((role, j) => {
    for (let f = 0; f < track.frameCount; f++)
      put(rotations, 4 * (f * count + j), Math.sin(f / 9 + j), Math.cos(f / 7), 0.3 * j, 1);
    const [y, z] = role.endsWith('R') ? [-0.2, -0.4] : role.endsWith('L') ? [0.2, 0.4] : [0, 0];
    put(restRotations, 4 * j, 0.3, y, z, 1);
  });
  return { ...track, rotations, restRotations };
}

/** The rows as a mirror shows them: those of the other side, with left and right exchanged. */
function mirroredRows({ blocks, dimension }: FeatureLayout, rows: Float32Array): Float32Array {
  const out = new Float32Array(rows.length);
  const counterpart = (source: BlockSource): BlockSource => ({
    ...source,
    ...(source.joint !== undefined && { joint: mirroredKey(source.joint) }),
    ...('origin' in source && source.origin !== undefined && { origin: mirroredKey(source.origin) }),
  });
  for (const { source, offset, size } of blocks) {
    const wanted = JSON.stringify(counterpart(source));
    const other = blocks.find((block) => JSON.stringify(block.source) === wanted);
    if (!other) throw new Error(`no counterpart of ${wanted}`);
    const signs = source.quantity === 'phase' || size === 1 ? [1, 1] : size === 2 ? [-1, 1] : [-1, 1, 1];
    // The reflected frame of a joint is left-handed; its x axis is the one that is turned round.
    const flip = source.quantity === 'heading' && source.joint !== undefined && source.axis === 'x' ? -1 : 1;
    for (let at = 0; at < rows.length; at += dimension)
      for (let k = 0; k < size; k++) out[at + offset + k] = flip * signs[k] * rows[at + other.offset + k];
  }
  return out;
}

describe('mirrorTrack', () => {
  it('has the features that a mirror shows (property)', () => {
    fc.assert(
      fc.property(
        fc.record({
          turn: fc.double({ min: -2, max: 2, noNaN: true }),
          heading: fc.double({ min: -3, max: 3, noNaN: true }),
          speed: fc.double({ min: 0, max: 4, noNaN: true }),
          cadence: fc.double({ min: 0, max: 3, noNaN: true }),
        }),
        (walk) => {
          const track = turning(madeWalk({ ...walk, frames: 50 }));
          const mirrored = extractFeatures(mirrorTrack(track), LAYOUT).rows;
          const wanted = mirroredRows(LAYOUT, extractFeatures(track, LAYOUT).rows);
          mirrored.forEach((value, k) => {
            expect(Math.abs(value - wanted[k])).toBeLessThan(1e-5);
          });
        },
      ),
      { numRuns: 30, seed: 11 },
    );
  });

  it('is undone by itself', () => {
    const track = turning(madeWalk({ turn: 1, cadence: 2, heading: 0.4 }));
    const twice = mirrorTrack(mirrorTrack(track));
    expect(twice.positions).toEqual(track.positions);
    expect(twice.rootX).toEqual(track.rootX);
    twice.rotations?.forEach((value, k) => {
      expect(Math.abs(value)).toBeCloseTo(Math.abs(track.rotations?.[k] ?? Number.NaN), 10);
    });
  });
});

describe('mirroredKey', () => {
  it.each([
    ['footL', 'footR'],
    ['pelvis', 'pelvis'],
    ['joint:weapon_l', 'joint:weapon_r'],
    ['joint:L_hand', 'joint:R_hand'],
    ['joint:LeftHandIndex1', 'joint:RightHandIndex1'],
    ['joint:RIGHT_ARM', 'joint:LEFT_ARM'],
    ['joint:mixamorig:LeftFoot', 'joint:mixamorig:RightFoot'],
    ['joint:Bip01 R Hand', 'joint:Bip01 L Hand'],
    ['joint:bright_lamp', 'joint:bright_lamp'],
    ['joint:tail', 'joint:tail'],
  ])('%s ↔ %s', (key, other) => {
    expect(mirroredKey(key)).toBe(other);
    expect(mirroredKey(other)).toBe(key);
  });
});
