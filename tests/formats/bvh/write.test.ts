import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate, restWorldPose, validateClip } from '../../../src/clip/index.js';
import { readBvh } from '../../../src/formats/bvh/scene.js';
import { writeBvh } from '../../../src/formats/bvh/write.js';
import type { EulerOrder } from '../../../src/math/euler.js';
import { compareClips } from '../compare-clips.js';
import { makeClip } from '../made-clip.js';

const ORDERS: EulerOrder[] = ['XYZ', 'XZY', 'YXZ', 'YZX', 'ZXY', 'ZYX'];
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const readBack = async (bytes: Uint8Array, unitMetres = 0.01): Promise<Clip> =>
  bake(await readBvh(bytes, { file: 'back.bvh', unitMetres, up: 'y' }));

/** The clip with other joint names. */
const named = (clip: Clip, names: readonly string[]): Clip => ({
  ...clip,
  skeleton: { joints: clip.skeleton.joints.map((joint, j) => ({ ...joint, name: names[j] })) },
});

describe('writeBvh', () => {
  it('reads back within a micrometre and a thousandth of a degree, in every order and unit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom(...ORDERS),
        fc.constantFrom(['cm', 0.01], ['m', 1], ['inch', 0.0254]),
        fc.boolean(),
        async (seed, order, [unit, metres], turnedRest) => {
          const clip = makeClip({ seed, turnedRest });
          const { bytes, renamed } = writeBvh(clip, { order, unit: String(unit) });
          const back = await readBack(bytes, Number(metres));
          const { metres: off, degrees } = compareClips(clip, back);
          expect(off).toBeLessThan(1e-6);
          expect(degrees).toBeLessThan(1e-3);
          expect(renamed).toEqual([]);
          expect(back.rate).toEqual(clip.rate);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('makes the rest pose the zero pose of the file', async () => {
    const clip = makeClip({ seed: 3 });
    const back = await readBack(writeBvh(clip).bytes);
    const wanted = restWorldPose(clip.skeleton).positions;
    const found = restWorldPose(back.skeleton).positions;
    back.skeleton.joints.forEach((joint, k) => {
      const i = clip.skeleton.joints.findIndex(({ name }) => name === joint.name);
      for (let axis = 0; axis < 3; axis++) expect(found[3 * k + axis]).toBeCloseTo(wanted[3 * i + axis], 7);
    });
  });

  it('writes the dialect that every reader takes', async () => {
    const { bytes } = writeBvh(makeClip({ seed: 5, frameCount: 4, rate: makeRate(30000, 1001) }));
    const written = text(bytes);
    expect(written).toMatch(/^HIERARCHY\nROOT joint0\n\{\n\tOFFSET /);
    expect(written).not.toMatch(/[\r\ufeff]|e-|nan|-0\.0+\b(?!\d)/i);
    expect(written).toContain('MOTION\nFrames: 4\nFrame Time: 0.033366666667\n');
    expect(written.trimEnd().split('MOTION\n')[1].split('\n')).toHaveLength(2 + 4);
    const leaves = written.match(/End Site\n\t*\{\n\t*OFFSET -?\d/g) ?? [];
    expect(leaves).toHaveLength((written.match(/End Site/g) ?? []).length);
  });

  it('gives position channels to the root and to joints that move, and to no others', async () => {
    const clip = makeClip({ seed: 8, jointCount: 3 });
    const still = Float64Array.from(
      clip.translations,
      (_, i) => clip.skeleton.joints[Math.floor(i / 3) % 3].restTranslation[i % 3],
    );
    const written = text(writeBvh({ ...clip, translations: still }).bytes);
    expect(written.match(/CHANNELS 6/g)).toHaveLength(1);
    expect(written.match(/CHANNELS 3/g)).toHaveLength(2);
  });

  it('never jumps by more than a joint turns, past 180 degrees and more', async () => {
    const clip = makeClip({ seed: 1, jointCount: 1, frameCount: 100, turnedRest: false });
    const rotations = Float64Array.from(clip.rotations, (_, i) => {
      const half = (Math.floor(i / 4) * 0.1) / 2;
      return [0, Math.sin(half), 0, Math.cos(half)][i % 4];
    });
    const rows = text(writeBvh(validateClip({ ...clip, rotations })).bytes)
      .split(/Frame Time: .*\n/)[1]
      .trimEnd()
      .split('\n')
      .map((row) => row.split(' ').map(Number));
    expect(rows.at(-1)?.[5]).toBeCloseTo((99 * 0.1 * 180) / Math.PI, 4);
    for (let f = 1; f < rows.length; f++)
      for (const c of [3, 4, 5]) expect(Math.abs(rows[f][c] - rows[f - 1][c])).toBeLessThan(6);
  });

  it('renames joints so that the names stay unique and can be turned back', async () => {
    const clip = named(makeClip({ seed: 2, jointCount: 5 }), ['mixamorig:Hips', 'a b', 'a.b', '頭', 'plain']);
    const { renamed, warnings } = writeBvh(clip);
    expect(renamed).toEqual([
      { from: 'mixamorig:Hips', to: 'mixamorig_Hips' },
      { from: 'a b', to: 'a_b' },
      { from: 'a.b', to: 'a_b_2' },
      { from: '頭', to: 'u982d' },
    ]);
    expect(warnings.map(({ code }) => code)).toContain('bvh/names-made-safe');
  });

  it('joins several roots below a still joint and says so', async () => {
    const clip = makeClip({ seed: 4, rootCount: 3 });
    const { bytes, warnings } = writeBvh(clip);
    expect(warnings.map(({ code }) => code)).toContain('bvh/roots-joined');
    expect(text(bytes).match(/ROOT/g)).toHaveLength(1);
    expect(compareClips(clip, await readBack(bytes)).metres).toBeLessThan(1e-6);
  });

  it('tells what BVH cannot hold', async () => {
    const clip = makeClip({ seed: 4, frameCount: 2 });
    const { warnings } = writeBvh({
      ...clip,
      curves: [{ name: 'smile', values: new Float64Array(2) }],
      events: [{ name: 'step', time: 0, duration: 0 }],
    });
    expect(warnings.map(({ code }) => code)).toEqual(['bvh/curves-left-out', 'bvh/events-left-out']);
  });

  it('keeps the ends of bones', async () => {
    const clip = makeClip({ seed: 6, jointCount: 2 });
    const [root, tip] = clip.skeleton.joints;
    const withEnd = {
      ...clip,
      skeleton: { joints: [{ ...root }, { ...tip, parent: 0, endOffset: [0, 0.25, 0] as const }] },
    };
    const end = (await readBack(writeBvh(withEnd).bytes)).skeleton.joints[1].endOffset;
    expect(Math.hypot(...(end ?? [0]))).toBeCloseTo(0.25, 6);
  });
});
