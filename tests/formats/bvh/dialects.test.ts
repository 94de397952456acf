import { BVHLoader } from 'three/examples/jsm/loaders/BVHLoader.js';
import { describe, expect, it } from 'vitest';
import { bake, type Clip, makeRate, restWorldPose } from '../../../src/clip/index.js';
import { type BvhNames, readScene, type WriteBvhOptions, writeBvh } from '../../../src/formats/index.js';
import { compareClips } from '../compare-clips.js';
import { makeClip } from '../made-clip.js';

const textOf = (clip: Clip, options: WriteBvhOptions): string =>
  new TextDecoder().decode(writeBvh(clip, options).bytes);

const readBack = async (clip: Clip, options: WriteBvhOptions): Promise<Clip> =>
  bake(
    await readScene(writeBvh(clip, options).bytes, {
      file: 'back.bvh',
      unit: options.unit ?? 'cm',
      up: options.up ?? 'y',
    }),
  );

/** The clip with other names; the names in its file end in `!`. */
const named = (clip: Clip, names: readonly string[]): Clip => ({
  ...clip,
  skeleton: {
    joints: clip.skeleton.joints.map((joint, j) => ({
      ...joint,
      name: names[j],
      sourceName: `${names[j]}!`,
    })),
  },
});

/** The clip with all joints but the roots at their rest places. */
const stilled = (clip: Clip): Clip => {
  const { joints } = clip.skeleton;
  return {
    ...clip,
    translations: clip.translations.map((x, i) => {
      const joint = joints[Math.floor(i / 3) % joints.length];
      return joint.parent < 0 ? x : joint.restTranslation[i % 3];
    }),
  };
};

function expectSame(back: Clip, clip: Clip): void {
  const { metres, degrees } = compareClips(clip, back);
  expect(metres).toBeLessThan(1e-5);
  expect(degrees).toBeLessThan(0.01);
  expect([back.frameCount, back.rate]).toEqual([clip.frameCount, clip.rate]);
}

describe('every dialect reads back within 0.01 mm and 0.01 degrees', () => {
  const clip = makeClip({ seed: 11, frameCount: 12, rate: makeRate(24000, 1001) });
  for (const up of ['y', 'z'] as const)
    for (const channels of ['moving', 'root', 'all'] as const)
      for (const endSites of ['invented', 'stated'] as const)
        for (const names of ['safe', 'motionbuilder', 'blender', 'source'] as const) {
          it(`up ${up}, channels ${channels}, end sites ${endSites}, names ${names}`, async () => {
            const wanted = channels === 'root' ? stilled(clip) : clip;
            const options = { up, channels, endSites, names };
            expectSame(await readBack(clip, options), wanted);
            const { skeleton } = new BVHLoader().parse(textOf(clip, options));
            const joints = skeleton.bones.map(({ name }) => name).filter((name) => name !== 'ENDSITE');
            expect(new Set(joints)).toEqual(new Set(clip.skeleton.joints.map(({ name }) => name)));
          });
        }
});

describe('up', () => {
  it('turns the figure so that Z is up in the file', () => {
    const clip = makeClip({ seed: 3, jointCount: 1, frameCount: 2, turnedRest: false });
    const first = (up: 'y' | 'z'): number[] =>
      textOf(clip, { up })
        .split(/Frame Time: .*\n/)[1]
        .split('\n')[0]
        .split(' ')
        .slice(0, 3)
        .map(Number);
    const [x, y, z] = first('y');
    expect(first('z')).toEqual([x, -z, y]);
  });

  it('keeps the rest pose', async () => {
    const clip = makeClip({ seed: 3 });
    const back = await readBack(clip, { up: 'z' });
    const wanted = restWorldPose(clip.skeleton).positions;
    const found = restWorldPose(back.skeleton).positions;
    back.skeleton.joints.forEach(({ name }, k) => {
      const i = clip.skeleton.joints.findIndex((joint) => joint.name === name);
      for (let axis = 0; axis < 3; axis++) expect(found[3 * k + axis]).toBeCloseTo(wanted[3 * i + axis], 7);
    });
  });
});

describe('channels', () => {
  const clip = makeClip({ seed: 11, jointCount: 12 });
  const six = (channels: 'moving' | 'root' | 'all'): number =>
    textOf(clip, { channels }).match(/CHANNELS 6/g)?.length ?? 0;

  it('are six on the root, on what moves, or on all', () => {
    expect(six('root')).toBe(1);
    expect(six('moving')).toBeGreaterThan(1);
    expect(six('moving')).toBeLessThan(12);
    expect(six('all')).toBe(12);
  });

  it('of the root alone leave motion out, which is named, and only where there is some', () => {
    const { warnings } = writeBvh(clip, { channels: 'root' });
    expect(warnings.map(({ code }) => code)).toEqual(['bvh/motion-left-out']);
    const moved = clip.skeleton.joints.filter(({ parent }, j) =>
      parent < 0
        ? false
        : clip.translations.some(
            (x, i) =>
              Math.floor(i / 3) % 12 === j &&
              Math.abs(x - clip.skeleton.joints[j].restTranslation[i % 3]) > 1e-6,
          ),
    );
    expect(moved.length).toBeGreaterThan(0);
    for (const { name } of moved) expect(warnings[0].message).toContain(`${name} (`);
    expect(writeBvh(stilled(clip), { channels: 'root' }).warnings).toEqual([]);
  });
});

describe('end sites', () => {
  it('stand on every leaf, or only where the clip knows the end', async () => {
    const clip = makeClip({ seed: 6, jointCount: 3 });
    const [root, a, b] = clip.skeleton.joints;
    const joints = [root, { ...a, parent: 0, endOffset: [0, 0.25, 0] as const }, { ...b, parent: 0 }];
    const two = { ...clip, skeleton: { joints } };
    expect(textOf(two, {}).match(/End Site/g)).toHaveLength(2);
    expect(textOf(two, { endSites: 'stated' }).match(/End Site/g)).toHaveLength(1);
    const back = await readBack(two, { endSites: 'stated' });
    expect(back.skeleton.joints.map(({ endOffset }) => endOffset !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('names', () => {
  const NAMES = ['a:mixamorig:Hips', 'b:Hips', 'Left Leg', '頭', 'x{y}', `${'頭'.repeat(30)}`, ':'];
  const clip = named(makeClip({ seed: 2, jointCount: NAMES.length }), NAMES);
  const namesAs = async (names: BvhNames): Promise<Record<string, string>> => {
    const { renamed } = writeBvh(clip, { names });
    const back = await readBack(clip, { names });
    const written = Object.fromEntries(renamed.map(({ from, to }) => [from, to]));
    expect(new Set(back.skeleton.joints.map(({ name }) => name))).toEqual(
      new Set(NAMES.map((name) => written[name] ?? name)),
    );
    return written;
  };

  it('lose their namespace for MotionBuilder', async () => {
    expect(await namesAs('motionbuilder')).toMatchObject({
      'a:mixamorig:Hips': 'Hips',
      'b:Hips': 'Hips_2',
      'Left Leg': 'Left_Leg',
      頭: 'u982d',
      ':': 'joint',
    });
  });

  it('keep letters and colons for Blender, in 63 bytes without blanks', async () => {
    expect(await namesAs('blender')).toEqual({
      'Left Leg': 'Left_Leg',
      'x{y}': 'x_y_',
      ['頭'.repeat(30)]: '頭'.repeat(21),
    });
  });

  it('stay apart where Blender would cut them to the same', () => {
    const long = ['a', 'b', 'c'].map((end) => `${'n'.repeat(70)}${end}`);
    const { renamed } = writeBvh(named(makeClip({ seed: 2, jointCount: 3 }), long), { names: 'blender' });
    expect(renamed.map(({ to }) => to)).toEqual([
      'n'.repeat(63),
      `${'n'.repeat(61)}_2`,
      `${'n'.repeat(61)}_3`,
    ]);
  });

  it('are those of the file that the clip came from', async () => {
    expect(await namesAs('source')).toMatchObject({
      'b:Hips': 'b:Hips!',
      'Left Leg': 'Left_Leg!',
      ':': ':!',
    });
  });
});

describe('frame times', () => {
  it.each([
    [30000, 1001],
    [24000, 1001],
    [60000, 1001],
    [120, 1],
    [30, 1],
    [1, 10],
    [5994, 100],
  ])('of %i/%i frames a second read back exactly', async (numerator, denominator) => {
    const rate = makeRate(numerator, denominator);
    const back = await readBack(makeClip({ seed: 1, jointCount: 2, frameCount: 3, rate }), {});
    // 59.94 written out is the usual 60000/1001.
    expect(back.rate).toEqual(numerator === 5994 ? makeRate(60000, 1001) : rate);
  });
});
