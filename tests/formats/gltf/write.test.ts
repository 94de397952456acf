import fc from 'fast-check';
import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate } from '../../../src/clip/index.js';
import { readScene, writeGlb } from '../../../src/formats/index.js';
import { compareClips } from '../compare-clips.js';
import { makeClip } from '../made-clip.js';

const readBack = async (bytes: Uint8Array, take = 0): Promise<Clip> =>
  bake(await readScene(bytes, { file: 'back.glb' }), { take });

/** The clip with other joint names and name. */
const named = (clip: Clip, name: string, joints: readonly string[]): Clip => ({
  ...clip,
  name,
  skeleton: { joints: clip.skeleton.joints.map((joint, j) => ({ ...joint, name: joints[j] ?? joint.name })) },
});

describe('writeGlb', () => {
  it('reads back within a micrometre and a thousandth of a degree', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 20 }),
        async (seed, frameCount) => {
          const clip = makeClip({ seed, frameCount });
          const back = await readBack((await writeGlb([clip])).bytes);
          const { metres, degrees } = compareClips(clip, back);
          expect(metres).toBeLessThan(3e-6);
          expect(degrees).toBeLessThan(1e-3);
          expect(back.frameCount).toBe(frameCount);
          expect(back.skeleton.joints.map(({ restRotation }) => restRotation[3]).every(Number.isFinite)).toBe(
            true,
          );
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  });

  it('gives the validator nothing to say', async () => {
    for (const [seed, rootCount, frameCount] of [
      [1, 1, 12],
      [2, 3, 4],
      [3, 1, 1],
    ]) {
      const { bytes } = await writeGlb([makeClip({ seed, rootCount, frameCount })]);
      const { issues } = await validateBytes(bytes);
      expect(issues.messages).toEqual([]);
      expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
    }
  });

  it('keeps joint names to the letter and holds several clips', async () => {
    const names = ['mixamorig:Hips', 'Bip01 Spine', '頭'];
    const clips = [
      named(makeClip({ seed: 5, jointCount: 3 }), 'walk', names),
      named(makeClip({ seed: 5, jointCount: 3, frameCount: 4 }), 'run', names),
    ];
    const { bytes } = await writeGlb(clips);
    const scene = await readScene(bytes, { file: 'two.glb' });
    expect(scene.skeleton.joints.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(scene.takes.map(({ name, frameCount }) => [name, frameCount])).toEqual([
      ['walk', 9],
      ['run', 4],
    ]);
    expect(compareClips(clips[1], await readBack(bytes, 1)).metres).toBeLessThan(3e-6);
  });

  it('keeps rates that no key spacing tells', async () => {
    for (const rate of [makeRate(24000, 1001), makeRate(75, 2), makeRate(10)]) {
      const back = await readBack((await writeGlb([makeClip({ seed: 1, rate })])).bytes);
      expect(back.rate).toEqual(rate);
      expect(back.frameCount).toBe(9);
    }
  });

  it('refuses clips of different skeletons, and none', async () => {
    await expect(
      writeGlb([makeClip({ seed: 1, jointCount: 3 }), makeClip({ seed: 1, jointCount: 4 })]),
    ).rejects.toMatchObject({ code: 'gltf/different-skeletons' });
    await expect(writeGlb([])).rejects.toMatchObject({ code: 'gltf/no-clips' });
  });

  it('writes the same bytes every time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => writeGlb([makeClip({ seed: 9 })])));
    expect(a.bytes).toEqual(b.bytes);
  });
});
