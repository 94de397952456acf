import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate } from '../../../src/clip/index.js';
import { readScene, writeGlb } from '../../../src/formats/index.js';
import { makeClip } from '../made-clip.js';

const FRAMES = 9;
const wave = (size: number): Float64Array =>
  Float64Array.from({ length: FRAMES }, (_, f) => Math.sin(size * f));
const made = (facts: Partial<Clip>): Clip => ({ ...makeClip({ seed: 4, jointCount: 5 }), ...facts });

const readBack = async (bytes: Uint8Array, take = 0): Promise<Clip> =>
  bake(await readScene(bytes, { file: 'back.glb' }), { take });

describe('what a GLB keeps beside the motion', () => {
  it('curves, by name and value, 0 in the clip that lacks one', async () => {
    const names = ['jawOpen', 'Fuß.kontakt', 'a|b/c:d', '表情'];
    const one = made({ name: 'one', curves: names.map((name, c) => ({ name, values: wave(c + 1) })) });
    const two = made({ name: 'two', curves: [{ name: '表情', values: wave(9) }] });
    const { bytes, warnings } = await writeGlb([one, two]);
    expect(warnings).toEqual([]);
    const back = await readBack(bytes);
    expect(back.curves.map(({ name }) => name)).toEqual(names);
    back.curves.forEach(({ values }, c) => {
      for (let f = 0; f < FRAMES; f++) expect(values[f]).toBeCloseTo(one.curves[c].values[f], 6);
    });
    const other = new Map((await readBack(bytes, 1)).curves.map(({ name, values }) => [name, values]));
    expect([...(other.get('jawOpen') ?? [])]).toEqual(new Array(FRAMES).fill(0));
    for (let f = 0; f < FRAMES; f++) expect(other.get('表情')?.[f]).toBeCloseTo(two.curves[0].values[f], 6);
    expect((await validateBytes(bytes)).issues.messages).toEqual([]);
  });

  it('two curves of different names and equal values stay two', async () => {
    const curves = ['blinkL', 'blinkR'].map((name) => ({ name, values: wave(1) }));
    const back = await readBack((await writeGlb([made({ curves })])).bytes);
    expect(back.curves.map(({ name }) => name)).toEqual(['blinkL', 'blinkR']);
  });

  it('events of each clip', async () => {
    const events = [
      { name: 'step', time: 0.1, duration: 0 },
      { name: 'hold', time: 0.2, duration: 0.05 },
    ];
    const { bytes, warnings } = await writeGlb([made({ name: 'a' }), made({ name: 'b', events })]);
    expect(warnings).toEqual([]);
    expect((await readBack(bytes)).events).toEqual([]);
    expect((await readBack(bytes, 1)).events).toEqual(events);
  });

  it('attributes of joints and of the file, whatever JSON they are', async () => {
    const attributes = [
      { joint: 'joint2', name: 'side', value: 'left' },
      { joint: 'joint2', name: 'limits', value: { low: [-1, 0.5, null], high: true } },
      { joint: '', name: 'actor', value: 7 },
    ];
    const { bytes, warnings } = await writeGlb([made({ attributes }), made({ name: 'b', attributes })]);
    expect(warnings).toEqual([]);
    const back = await readBack(bytes);
    expect(back.attributes).toEqual(attributes);
    expect(back.warnings).toEqual([]);
  });

  it('names attributes for which there is no second place, and joint scales', async () => {
    const scales = new Float64Array(3 * 5 * FRAMES).fill(1);
    scales[3] = 2;
    const { warnings } = await writeGlb([
      made({ attributes: [{ joint: '', name: 'actor', value: 1 }], scales }),
      made({
        attributes: [
          { joint: '', name: 'actor', value: 2 },
          { joint: 'nobody', name: 'x', value: 2 },
        ],
      }),
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['glb/attributes-left-out', 'glb/scales-left-out']);
    expect(warnings[0].message).toContain('actor, nobody.x');
    expect(warnings[1].message).toContain('joint1');
  });
});

describe('the validator has nothing to say, not even a hint', () => {
  const odd = ['mixamorig:Hips', 'a|b', 'c/d', 'e..f', '.', 'joint', 'joint_2', '頭', ' ', '"', '\\', '\n'];
  const oddClip = made({ ...makeClip({ seed: 3, jointCount: odd.length }), name: '' });
  it.each<[string, readonly Clip[]]>([
    ['several clips of one name', [made({}), made({}), made({ name: 'other' })]],
    [
      'a single frame with a curve',
      [{ ...makeClip({ seed: 1, frameCount: 1 }), curves: [{ name: 'c', values: Float64Array.of(0.5) }] }],
    ],
    ['one joint', [makeClip({ seed: 2, jointCount: 1 })]],
    ['several roots', [makeClip({ seed: 2, jointCount: 6, rootCount: 4 })]],
    ['nothing but roots', [makeClip({ seed: 2, jointCount: 3, rootCount: 3 })]],
    [
      'odd names',
      [
        {
          ...oddClip,
          skeleton: { joints: oddClip.skeleton.joints.map((joint, j) => ({ ...joint, name: odd[j] })) },
        },
      ],
    ],
  ])('%s', async (_what, clips) => {
    const { bytes } = await writeGlb(clips);
    const { issues } = await validateBytes(bytes);
    expect(issues.messages).toEqual([]);
    const scene = await readScene(bytes, { file: 'back.glb' });
    expect(scene.takes.map(({ frameCount }) => frameCount)).toEqual(
      clips.map(({ frameCount }) => frameCount),
    );
    expect(new Set(scene.skeleton.joints.map(({ name }) => name))).toEqual(
      new Set(clips[0].skeleton.joints.map(({ name }) => name)),
    );
  });
});

describe('long clips', () => {
  it.each([
    [120, 20 * 60 * 120],
    [30, 3 * 3600 * 30 + 1],
    [240, 100_001],
  ])('at %i Hz keep their %i frames, each in its place', async (hz, frameCount) => {
    const clip = made({ ...makeClip({ seed: 6, jointCount: 1, frameCount, rate: makeRate(hz) }) });
    const values = Float64Array.from({ length: frameCount }, (_, f) => f % 2);
    const back = await readBack((await writeGlb([{ ...clip, curves: [{ name: 'flicker', values }] }])).bytes);
    expect([back.frameCount, back.rate]).toEqual([frameCount, makeRate(hz)]);
    // From frame to frame the curve jumps: a time that is off shows at once.
    expect(back.curves[0].values.every((value, f) => value === f % 2)).toBe(true);
  });
});
