import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bake } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { trackOfClip } from '../../../src/motion/features/track-of-clip.js';

const CASES = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));

const LEGS = {
  pelvis: 'Hips',
  thighL: 'LeftUpLeg',
  calfL: 'LeftLeg',
  footL: 'LeftFoot',
  thighR: 'RightUpLeg',
  calfR: 'RightLeg',
  footR: 'RightFoot',
};

async function trackOf(file: string, roles: Record<string, string>) {
  return trackOfClip(bake(await readScene(readFileSync(CASES + file), { file, unit: 'cm' })), roles);
}

describe.skipIf(!existsSync(CASES))('cases', () => {
  it('mm-trajectory-heading: one walk in two directions has the same features', async () => {
    const { expect: wanted, tolerance } = JSON.parse(
      readFileSync(`${CASES}mm-trajectory-heading/expected.json`, 'utf8'),
    );
    const times = Object.keys(wanted.trajectory_position);
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'case',
        channels: [
          { type: 'trajectory', samples: times.map((time) => ({ time: Number(time), position: true })) },
          { type: 'trajectory', samples: [{ time: 0, velocity: true, facing: true }] },
          { type: 'pose', joints: [{ role: 'pelvis' }, { role: 'footL' }, { role: 'footR' }] },
        ],
      }),
    );
    const rows = await Promise.all(
      ['straight_z', 'straight_x'].map(async (name) => {
        const track = await trackOf(`mm-trajectory-heading/${name}.bvh`, { ...LEGS, spine1: 'Spine' });
        const { frameCount, valid, rows: all, dimension } = extractFeatures(track, layout);
        expect(frameCount).toBe(wanted.poses_at_30hz);
        expect(valid[wanted.interior_frame]).toBe(1);
        return all.subarray(wanted.interior_frame * dimension, (wanted.interior_frame + 1) * dimension);
      }),
    );
    const cm = tolerance.cm / 100;
    const near = (value: number, metres: number, limit: number) =>
      expect(Math.abs(value - metres)).toBeLessThanOrEqual(limit);
    for (const row of rows) {
      times.forEach((time, k) => {
        near(row[2 * k], wanted.trajectory_position[time][0] / 100, cm);
        near(row[2 * k + 1], wanted.trajectory_position[time][1] / 100, cm);
      });
      [0, 1].forEach((k) => {
        near(row[10 + k], wanted.trajectory_velocity[k] / 100, tolerance.cm_per_s / 100);
        near(row[12 + k], wanted.facing[k], 1e-4);
      });
    }
    rows[0].forEach((value, k) => {
      near(rows[1][k], value, 1e-5);
    });
  });

  it('bvh-single-frame: finite numbers, no speed, and no frame that may be used', async () => {
    const track = await trackOf('bvh-single-frame/pose.bvh', LEGS);
    for (const make of Object.values(BUILT_IN_SCHEMAS)) {
      for (const ends of ['mask', 'extrapolate'] as const) {
        const layout = layoutOf(make());
        const { rows, valid, frameCount } = extractFeatures(track, layout, { ends });
        expect(frameCount).toBe(1);
        expect([...valid]).toEqual([ends === 'mask' ? 0 : 1]);
        expect(rows.every(Number.isFinite)).toBe(true);
        const speeds = layout.blocks.filter(({ source }) => source.quantity.endsWith('velocity'));
        for (const { offset, size } of speeds) {
          expect([...rows.subarray(offset, offset + size)].every((value) => value === 0)).toBe(true);
        }
      }
    }
  });
});
