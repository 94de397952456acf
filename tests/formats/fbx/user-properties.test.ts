import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate } from '../../../src/clip/index.js';
import { writeFbx } from '../../../src/formats/fbx/write.js';
import { readScene } from '../../../src/formats/index.js';
import { turningArm } from '../../clip/walker.js';

const FRAMES = 8;
const arm = (extra: Partial<Clip>): Clip => ({
  ...turningArm({ frames: FRAMES }),
  curves: [],
  events: [],
  ...extra,
});
const curve = (name: string, frames = FRAMES): Clip['curves'][number] => ({
  name,
  values: Float64Array.from({ length: frames }, (_, f) => f * 0.25 - 1),
});
const back = (bytes: Uint8Array): ReturnType<typeof readScene> => readScene(bytes, { file: 'back.fbx' });

describe('curves and attributes in written FBX', () => {
  it('come back with their values, each take with its own curves', async () => {
    const first = arm({ name: 'first', curves: [curve('Y'), curve('foot|left'), curve('速度')] });
    const long = turningArm({ frames: 20, rate: makeRate(60) });
    const second = { ...long, name: 'second', events: [], curves: [curve('Y', 20)] };
    const written = writeFbx([first, second]);
    expect(written.warnings.map(({ code }) => code)).toEqual(['fbx/several-rates']);
    const scene = await back(written.bytes);
    expect(scene.warnings).toEqual([]);
    expect(scene.takes.map((take) => take.curveNames)).toEqual([['Y', 'foot|left', '速度'], ['Y']]);
    for (const [take, clip] of [first, second].entries()) {
      const read = bake(scene, { take, rate: clip.rate });
      expect(read.frameCount).toBe(clip.frameCount);
      for (const [c, { values }] of clip.curves.entries())
        values.forEach((value, f) => {
          expect(read.curves[c]?.values[f]).toBeCloseTo(value, 6);
        });
    }
    // A property that a take moves is no attribute.
    expect(scene.attributes).toEqual([]);
  });

  it('a name that every model has gets a number and moves no joint', async () => {
    const clip = arm({ curves: [curve('Lcl Rotation'), curve('Visibility')] });
    const written = writeFbx([clip]);
    expect(written.warnings.map(({ code }) => code)).toEqual(['fbx/curve-renamed', 'fbx/curve-renamed']);
    const scene = await back(written.bytes);
    expect(scene.takes[0]?.curveNames).toEqual(['Lcl Rotation_2', 'Visibility_2']);
    const [read, plain] = [bake(scene), bake(await back(writeFbx([arm({})]).bytes))];
    expect(read.rotations).toEqual(plain.rotations);
  });

  it('attributes keep their kind; what FBX has no type for is text and told', async () => {
    const attributes = [
      { joint: '', name: 'licence', value: 'own work; "quoted"' },
      { joint: 'arm', name: 'locked', value: false },
      { joint: 'arm', name: 'count', value: -3 },
      { joint: 'arm', name: 'mass', value: 4e9 },
      { joint: 'tip', name: 'aim', value: [1, 2.5, -3] },
      { joint: 'tip', name: 'tags', value: ['a', 'b'] },
      { joint: 'tip', name: 'none', value: null },
    ];
    const written = writeFbx([arm({ attributes })]);
    expect(written.warnings).toEqual([
      { code: 'fbx/attribute-as-text', message: expect.stringMatching(/tip\.tags, tip\.none; JSON text/) },
    ]);
    const scene = await back(written.bytes);
    expect(scene.attributes).toEqual([
      ...attributes.slice(0, 5),
      { joint: 'tip', name: 'tags', value: '["a","b"]' },
      { joint: 'tip', name: 'none', value: 'null' },
    ]);
  });

  it('tells where clips differ in an attribute, and keeps the first', async () => {
    const clips = [1, 2].map((value) =>
      arm({ name: `clip ${value}`, attributes: [{ joint: '', name: 'version', value }] }),
    );
    const written = writeFbx(clips);
    expect(written.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"clip 2" has another value of version/),
    ]);
    expect((await back(written.bytes)).attributes).toEqual([{ joint: '', name: 'version', value: 1 }]);
  });
});

describe('joint names in written FBX', () => {
  const named = (names: readonly string[]): Clip => {
    const clip = turningArm();
    const joints = clip.skeleton.joints.map((joint, j) => ({ ...joint, name: names[j] ?? joint.name }));
    return { ...clip, skeleton: { joints } };
  };

  it.each([
    [['mixamorig:Hips', 'a|b', '../etc/passwd']],
    [['C:\\x', 'Model::Hips', '骨盆 ü']],
    [['"q"', ' ', 'a\nb']],
  ])('come back: %j', async (names) => {
    const written = writeFbx([named(names)]);
    expect(written.renamed).toEqual([]);
    const scene = await back(written.bytes);
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(names);
  });

  it('are told where the format cannot hold them', async () => {
    const written = writeFbx([named(['a_b', 'a\0b', 'x\ud800'])]);
    expect(written.renamed).toEqual([
      { from: 'a\0b', to: 'a_b_2' },
      { from: 'x\ud800', to: 'x\ufffd' },
    ]);
    const scene = await back(written.bytes);
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['a_b', 'a_b_2', 'x\ufffd']);
  });
});
