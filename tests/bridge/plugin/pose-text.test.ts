import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PluginPython, pluginPython } from '../plugin-python.js';

let python: PluginPython;
beforeAll(async () => {
  python = await pluginPython();
  python.run('from gaitway import pose_text, skeletons');
});
afterAll(() => python.close());

const read = (call: string, text: string, field: string): unknown =>
  python.value(`pose_text.${call}(${JSON.stringify(text)}, ${JSON.stringify(field)})`);

const identity = [0, 0, 0, 1, 0, 0, 0, 1, 1, 1];

describe('transforms of a pose text', () => {
  const whole =
    '(Rotation=(X=0.500000,Y=-0.500000,Z=0.500000,W=0.500000),Translation=(X=1.000000,Y=-2.500000,Z=1.000000e-05),Scale3D=(X=1.000000,Y=1.000000,Z=2.000000))';

  it('are read where all is written out', () => {
    expect(read('transforms', `(LocalSpacePoses=(${whole},${whole}),More=(1))`, 'LocalSpacePoses')).toEqual(
      Array(2).fill([0.5, -0.5, 0.5, 0.5, 1, -2.5, 1e-5, 1, 1, 2]),
    );
  });

  it.each([
    ['()', identity],
    ['(Translation=(X=3.000000))', [0, 0, 0, 1, 3, 0, 0, 1, 1, 1]],
    ['(Rotation=(Z=1.000000,W=0.000000),Scale3D=(Y=2.000000))', [0, 0, 1, 0, 0, 0, 0, 1, 2, 1]],
  ])('take the identity for what is left out: %s', (text, wanted) => {
    expect(read('transforms', `(A=(1),LocalSpacePoses=(${text},${whole}))`, 'LocalSpacePoses')).toEqual([
      wanted,
      [0.5, -0.5, 0.5, 0.5, 1, -2.5, 1e-5, 1, 1, 2],
    ]);
  });

  it.each(['nan', '-nan', 'nan(ind)', '-nan(ind)'])('tell of a number that is none: %s', (nan) => {
    const broken = whole.replace('1.000000,Y=-2.5', `${nan},Y=-2.5`);
    for (const text of [`(P=(${whole},${broken}))`, `(P=((),${broken}))`]) {
      python.run(`bad = pose_text.transforms(${JSON.stringify(text)}, "P")[1]`);
      expect(python.value('[number for number in bad if number == number]')).toEqual([
        0.5, -0.5, 0.5, 0.5, -2.5, 1e-5, 1, 1, 2,
      ]);
    }
  });

  it('are not taken for whole where one lacks a number', () => {
    const text = `(P=(${whole},${whole.replace(',W=0.500000', '')},${whole}))`;
    expect((read('transforms', text, 'P') as number[][])[1]).toEqual([
      0.5, -0.5, 0.5, 1, 1, -2.5, 1e-5, 1, 1, 2,
    ]);
  });

  it('are not mixed up with those of fields of like names', () => {
    const text = `(RefLocalSpacePoses=(()),LocalSpacePoses=(${whole}),WorldSpacePoses=(${whole},(),${whole}),RefWorldSpacePoses=(()))`;
    expect(read('transforms', text, 'LocalSpacePoses')).toEqual([
      [0.5, -0.5, 0.5, 0.5, 1, -2.5, 1e-5, 1, 1, 2],
    ]);
    expect(read('transforms', '(BoneNames=("a"))', 'LocalSpacePoses')).toEqual([]);
  });
});

describe('names and parents', () => {
  it('may hold brackets and commas in quotes, or stand without quotes', () => {
    const text = '(BoneNames=("root","arm (left), upper"),BoneIndices=(0,1))';
    expect(read('names', text, 'BoneNames')).toEqual(['root', 'arm (left), upper']);
    expect(read('names', '(BoneNames=(root,pelvis))', 'BoneNames')).toEqual(['root', 'pelvis']);
  });

  it('are told by bone index, not by place', () => {
    const text = '(BoneNames=("a","b","c"),BoneIndices=(0,4,9),ParentBoneIndices=(-1,0,4))';
    expect(python.value(`skeletons.parent_places(${JSON.stringify(text)})`)).toEqual([-1, 0, 1]);
  });
});
