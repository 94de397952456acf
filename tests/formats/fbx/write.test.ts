import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate, worldPoseOfFrame } from '../../../src/clip/index.js';
import { GaitwayError } from '../../../src/errors.js';
import { writeFbx } from '../../../src/formats/fbx/write.js';
import { readScene } from '../../../src/formats/index.js';
import { seededRandom } from '../../../src/math/random.js';
import { turningArm } from '../../clip/walker.js';

async function readBack(bytes: Uint8Array, take = 0): Promise<Clip> {
  return bake(await readScene(bytes, { file: 'back.fbx' }), { take });
}

function worstMillimetres(a: Clip, b: Clip): number {
  let worst = 0;
  for (let f = 0; f < a.frameCount; f++) {
    const [p, q] = [worldPoseOfFrame(a, f).positions, worldPoseOfFrame(b, f).positions];
    for (let i = 0; i < p.length; i++) worst = Math.max(worst, Math.abs(p[i] - q[i]) * 1000);
  }
  return worst;
}

describe('writeFbx', () => {
  it('refuses no clips, and clips of two skeletons', () => {
    expect(() => writeFbx([])).toThrow(/at least one is wanted/);
    const other = turningArm();
    const [root, arm] = other.skeleton.joints;
    if (!root || !arm) throw new Error('the arm has joints');
    expect(() =>
      writeFbx([turningArm(), { ...other, name: 'other', skeleton: { joints: [root, arm] } }]),
    ).toThrow(/"other" has other joints/);
  });

  it.each(['unreal', 'y-up'] as const)('comes back equal, %s axes, frames and rate exact', async (axes) => {
    for (const rate of [makeRate(30), makeRate(24), makeRate(30000, 1001), makeRate(48)]) {
      const clip = turningArm({ frames: 40, rate });
      const back = await readBack(writeFbx([clip], { axes }).bytes);
      expect(back.frameCount).toBe(40);
      expect(back.rate).toEqual(rate);
      expect(back.skeleton.joints.map(({ name, parent }) => [name, parent])).toEqual([
        ['root', -1],
        ['arm', 0],
        ['tip', 1],
      ]);
      expect(worstMillimetres(clip, back)).toBeLessThan(0.001);
    }
  });

  it('keeps the rest pose, with and without the proxy mesh, and several takes', async () => {
    const long = { ...turningArm({ frames: 12 }), name: 'long' };
    const short = { ...turningArm({ frames: 3 }), name: 'short' };
    for (const mesh of [true, false]) {
      const { bytes } = writeFbx([long, short, short], { mesh });
      const scene = await readScene(bytes, { file: 'back.fbx' });
      expect(scene.takes.map((take) => [take.name, take.frameCount])).toEqual([
        ['long', 12],
        ['short', 3],
        ['short 2', 3],
      ]);
      scene.skeleton.joints.forEach((joint, j) => {
        const wanted = long.skeleton.joints[j];
        for (let k = 0; k < 3; k++)
          expect(joint.restTranslation[k]).toBeCloseTo(wanted?.restTranslation[k] ?? Number.NaN, 9);
      });
    }
  });

  it('keeps the rate of every take, and tells that other programs may not', async () => {
    const slow = { ...turningArm({ frames: 12, rate: makeRate(24) }), name: 'slow' };
    const fast = { ...turningArm({ frames: 40, rate: makeRate(120000, 1001) }), name: 'fast' };
    const { bytes, warnings } = writeFbx([slow, fast]);
    const { takes } = await readScene(bytes, { file: 'back.fbx' });
    expect(takes.map(({ name, rate, frameCount }) => [name, rate, frameCount])).toEqual([
      ['slow', slow.rate, 12],
      ['fast', fast.rate, 40],
    ]);
    expect(warnings.find(({ code }) => code === 'fbx/several-rates')?.message).toContain('fast (119.88');
    expect(writeFbx([slow, slow]).warnings.map(({ code }) => code)).not.toContain('fbx/several-rates');
  });

  it('tells that several roots will not do for Unreal, and is the same to the byte each time', () => {
    const clip = turningArm();
    const joints = clip.skeleton.joints.map((joint, j) => (j === 1 ? { ...joint, parent: -1 } : joint));
    const { bytes, warnings } = writeFbx([{ ...clip, skeleton: { joints } }]);
    expect(warnings.map((warning) => warning.code)).toContain('fbx/several-roots');
    expect(writeFbx([{ ...clip, skeleton: { joints } }]).bytes).toEqual(bytes);
  });
});

describe('damaged FBX files', () => {
  it('are refused in words or read, whatever was done to them', async () => {
    const { bytes } = writeFbx([turningArm()], { mesh: true });
    const random = seededRandom(5);
    let refused = 0;
    for (let n = 0; n < 400; n++) {
      let damaged = bytes.slice();
      if (n % 3 === 0) damaged = damaged.slice(0, random.below(damaged.length));
      else
        for (let k = 0; k < 1 + random.below(6); k++)
          damaged[random.below(damaged.length)] = random.below(256);
      try {
        await readBack(damaged);
      } catch (error) {
        if (!(error instanceof GaitwayError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
