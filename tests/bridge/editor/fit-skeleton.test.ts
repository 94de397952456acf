import { describe, expect, it } from 'vitest';
import { fitToSkeleton } from '../../../src/bridge/editor/fit-skeleton.js';
import { bake, type Clip, type Skeleton, worldPoseOfFrame } from '../../../src/clip/index.js';
import { readScene, writeBvh } from '../../../src/formats/index.js';
import { angleBetween, quatAt } from '../../../src/math/quat.js';
import { distance, vec3At } from '../../../src/math/vec3.js';
import { madeClip, madeSkeleton } from '../made-clip.js';

const path = '/Game/SK';
const target = { path, skeleton: madeSkeleton() };
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

function withJoint(skeleton: Skeleton, j: number, change: Partial<Skeleton['joints'][number]>): Skeleton {
  return { joints: skeleton.joints.map((joint, i) => (i === j ? { ...joint, ...change } : joint)) };
}

describe('what is no fit', () => {
  it('a bone that is not there', () => {
    const clip = madeClip({ skeleton: withJoint(madeSkeleton(), 3, { name: 'Kopf' }) });
    expect(() => fitToSkeleton(clip, target)).toThrow(/no bone called Kopf \(1 of the 6/);
  });

  it('another parent', () => {
    const clip = madeClip({ skeleton: withJoint(madeSkeleton(), 3, { parent: 1 }) });
    expect(() => fitToSkeleton(clip, target)).toThrow(/parent of "head" is "pelvis" .* but "spine"/);
  });

  it('another body', () => {
    const clip = madeClip({ skeleton: withJoint(madeSkeleton(), 2, { restTranslation: [0, 2, 0] }) });
    expect(code(() => fitToSkeleton(clip, target))).toBe('bridge/rest-differs');
  });
});

describe('what fits', () => {
  it('is left as it is on the same skeleton', () => {
    const clip = madeClip();
    const fitted = fitToSkeleton(clip, target);
    expect(fitted.clip.rotations).toBe(clip.rotations);
    expect(fitted.told).toEqual([]);
  });

  it('takes names in any case and gives them as the skeleton has them', () => {
    const clip = madeClip({ skeleton: withJoint(madeSkeleton(), 4, { name: 'Thigh_L' }) });
    expect(fitToSkeleton(clip, target).clip.skeleton.joints[4]?.name).toBe('thigh_l');
  });

  it('tells of a rest pose that lies a little off', () => {
    const [x, y, z] = madeSkeleton().joints[3]?.restTranslation ?? [0, 0, 0];
    const clip = madeClip({ skeleton: withJoint(madeSkeleton(), 3, { restTranslation: [x + 0.01, y, z] }) });
    const { told } = fitToSkeleton(clip, target);
    expect(told).toMatchObject([{ code: 'bridge/rest-differs', joint: 'head' }]);
    expect(told[0]?.message).toContain('1.0 cm');
  });

  it('gets the bone axes back that BVH cannot hold, and moves nothing', async () => {
    const clip = madeClip();
    const scene = await readScene(writeBvh(clip).bytes, { file: 'sway.bvh' });
    const read: Clip = bake(scene);
    const { clip: fitted } = fitToSkeleton(read, target);
    for (const f of [0, 7, 39]) {
      const wanted = worldPoseOfFrame(clip, f);
      const found = worldPoseOfFrame(fitted, f);
      clip.skeleton.joints.forEach((_, j) => {
        expect(distance(vec3At(found.positions, j), vec3At(wanted.positions, j))).toBeLessThan(1e-6);
        expect(angleBetween(quatAt(found.rotations, j), quatAt(wanted.rotations, j))).toBeLessThan(1e-6);
      });
    }
  });
});
