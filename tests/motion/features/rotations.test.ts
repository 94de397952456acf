import { describe, expect, it } from 'vitest';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

/** The walk with every joint turned about the vertical by `angle` radians (its facing: 0). */
function turned(track: MotionTrack, angle: number): MotionTrack {
  const rotations = new Float64Array(4 * track.roles.length * track.frameCount);
  for (let at = 0; at < rotations.length; at += 4) {
    rotations[at + 1] = Math.sin(angle / 2);
    rotations[at + 3] = Math.cos(angle / 2);
  }
  return { ...track, rotations };
}

const headings = (...channels: object[]) =>
  layoutOf(
    parseFeatureSchema({ name: 'headings', channels: channels.map((own) => ({ type: 'heading', ...own })) }),
  );

describe('headings', () => {
  it('are refused where the track does not say how joints are turned', () => {
    expect(() => extractFeatures(madeWalk(), headings({ role: 'footL' }))).toThrow(
      expect.objectContaining({ code: 'motion/no-rotations' }),
    );
    expect(() => extractFeatures(madeWalk(), headings({}))).not.toThrow();
  });

  it('point where the joint’s axes do, seen from the root', () => {
    const layout = headings(
      { role: 'footL', axis: 'x' },
      { role: 'footL', axis: 'y' },
      { role: 'footL', axis: 'z' },
      { role: 'footL', axis: 'z', keep: 'ground' },
    );
    // Foot and body are both turned to the left by 1.2, so the foot points straight ahead.
    const { rows } = extractFeatures(turned(madeWalk({ heading: 1.2 }), 1.2), layout);
    [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1].forEach((value, k) => {
      expect(rows[11 * 30 + k]).toBeCloseTo(value, 6);
    });
    const left = extractFeatures(turned(madeWalk(), Math.PI / 2), headings({ role: 'footL', axis: 'z' }));
    expect(left.rows[3 * 30]).toBeCloseTo(1, 6);
  });

  it('are two axes in a pose', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'pose',
        channels: [
          { type: 'pose', joints: [{ role: 'footR', position: false, velocity: false, rotation: true }] },
        ],
      }),
    );
    const { rows, dimension } = extractFeatures(turned(madeWalk(), 0.5), layout);
    expect(dimension).toBe(6);
    const row = [...rows.subarray(6 * 9, 6 * 10)];
    [Math.cos(0.5), 0, -Math.sin(0.5), Math.sin(0.5), 0, Math.cos(0.5)].forEach((value, k) => {
      expect(row[k]).toBeCloseTo(value, 6);
    });
  });

  it('turn evenly between frames', () => {
    const track = turned(madeWalk({ frames: 10 }), 0);
    const { rotations } = track as { rotations: Float64Array };
    const stride = 4 * LEG_ROLES.length;
    for (let f = 5; f < 10; f++) {
      rotations[f * stride + 1] = Math.SQRT1_2;
      rotations[f * stride + 3] = Math.SQRT1_2;
    }
    const { rows } = extractFeatures(track, headings({ role: 'pelvis', axis: 'z', time: 0.5 / 30 }));
    expect([...rows.subarray(12, 15)].map((value) => Math.round(1e6 * value) / 1e6)).toEqual([
      Math.round(1e6 * Math.SQRT1_2) / 1e6,
      0,
      Math.round(1e6 * Math.SQRT1_2) / 1e6,
    ]);
  });
});

describe('phases', () => {
  const layout = layoutOf(
    parseFeatureSchema({ name: 'phase', channels: [{ type: 'phase', role: 'footL' }] }),
  );
  const angles = (track: MotionTrack): number[] => {
    const { rows } = extractFeatures(track, layout);
    return Array.from({ length: track.frameCount }, (_, f) => Math.atan2(rows[2 * f], rows[2 * f + 1]));
  };

  it('go round once for every slow and fast moment of a foot', () => {
    // A foot that swings with sin(π · 2 · t) is fastest twice a second: once to the front, once to the back.
    const round = angles(madeWalk({ frames: 151, cadence: 2 }));
    let turns = 0;
    for (let f = 31; f <= 120; f++) turns += (((round[f] - round[f - 1]) / (2 * Math.PI) + 1.5) % 1) - 0.5;
    expect(turns).toBeGreaterThan(5.5);
    expect(turns).toBeLessThan(6.5);
  });

  it('are finite and grow with the swing, also where nothing moves', () => {
    const still = extractFeatures(madeWalk({ frames: 40, speed: 0 }), layout).rows;
    for (let f = 0; f < 40; f++) expect(Math.hypot(still[2 * f], still[2 * f + 1])).toBeCloseTo(1, 6);
    const swinging = extractFeatures(madeWalk({ frames: 61, cadence: 1 }), layout).rows;
    expect(Math.hypot(swinging[60], swinging[61])).toBeGreaterThan(1.05);
    for (const frames of [1, 2, 3]) {
      expect(extractFeatures(madeWalk({ frames, cadence: 1 }), layout).rows.every(Number.isFinite)).toBe(
        true,
      );
    }
  });
});
