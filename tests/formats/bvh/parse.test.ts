import { describe, expect, it } from 'vitest';
import { type BvhFile, parseBvh } from '../../../src/formats/bvh/parse.js';
import { BvhReader } from '../../../src/formats/bvh/reader.js';
import { readBvh } from '../../../src/formats/bvh/scene.js';
import { seededRandom } from '../../../src/math/random.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Hips with six channels and a knee with three. */
const HIERARCHY = `HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Knee
  {
    OFFSET 0 -40 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 -42 0
    }
  }
}
`;
const ROWS = '0 82 0 0 0 0 0 15 0\n1 81.5 -0.25 0 0 0 0 30 0\n';
const MOTION = `MOTION\nFrames: 2\nFrame Time: 0.04\n${ROWS}`;
const PLAIN = HIERARCHY + MOTION;
const VALUES = [0, 82, 0, 0, 0, 0, 0, 15, 0, 1, 81.5, -0.25, 0, 0, 0, 0, 30, 0];

const parse = (text: string): BvhFile => parseBvh(bytes(text), 'clip.bvh');
const codes = ({ warnings }: { warnings: readonly { code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

/** Reads a text that means the same as PLAIN. */
function expectPlain(text: string | Uint8Array): void {
  const bvh = typeof text === 'string' ? parse(text) : parseBvh(text);
  expect(bvh.joints.map(({ name }) => name)).toEqual(['Hips', 'Knee']);
  expect(bvh.joints[1].offset).toEqual([0, -40, 0]);
  expect([...bvh.motion.values]).toEqual(VALUES);
  expect(bvh.motion.frameTime).toBe(0.04);
  expect(bvh.warnings).toEqual([]);
}

function errorOf(text: string): { code: string; message: string; data: Record<string, unknown> } {
  try {
    parse(text);
  } catch (error) {
    return error as ReturnType<typeof errorOf>;
  }
  throw new Error('it was read');
}

describe('dialects of BVH that mean the same', () => {
  it.each<[string, string]>([
    ['as it should be', PLAIN],
    ['CRLF', PLAIN.replaceAll('\n', '\r\n')],
    ['CR alone', PLAIN.replaceAll('\n', '\r')],
    ['CRLF and LF mixed', PLAIN.replace('}\n}', '}\r\n}\r\n')],
    ['tabs', PLAIN.replaceAll(' ', '\t')],
    ['a byte order mark', `\ufeff${PLAIN}`],
    ['lower-case keywords and channels', PLAIN.toLowerCase().replace('hips', 'Hips').replace('knee', 'Knee')],
    ['braces on the line of the name', PLAIN.replaceAll(/(Hips|Knee|Site)\s+\{/g, '$1 {')],
    ['everything on one line', PLAIN.replaceAll(/\s+/g, ' ')],
    [
      'comments behind names',
      PLAIN.replace('Hips', 'Hips #1').replace('Knee', 'Knee #2').replace('Site', 'Site #5'),
    ],
    ['comment lines', PLAIN.replace('HIERARCHY', '# made by hand\nHIERARCHY\n# joints')],
    ['rows wrapped over lines', PLAIN.replace('0 82 0 0', '0 82\n0 0').replace('0 30 0', '0\n\n30\n0')],
    ['no line end behind the last row', PLAIN.trimEnd()],
    ['blanks behind rows', PLAIN.replaceAll('\n', '  \t\n')],
    ['exponents and plus signs', PLAIN.replace(' 82 ', ' +8.2e+1 ').replace('-0.25', '-25E-2')],
    ['no blank before a minus', PLAIN.replace('81.5 -0.25', '81.5-0.25')],
    ['decimal commas', PLAIN.replace('81.5', '81,5').replace('-0.25', '-0,25')],
    ['commas between numbers', PLAIN.replace('1 81.5 -0.25', '1, 81.5, -0.25')],
    ['no blank behind colons', PLAIN.replace('Frames: ', 'Frames:').replace('Time: ', 'Time:')],
  ])('%s', (_name, text) => {
    expectPlain(text);
  });

  it.each([
    ['little', 'utf16le'],
    ['big', 'utf16be'],
  ])('UTF-16, %s-endian', (_name, kind) => {
    const units = [...`\ufeff${PLAIN}`].map((letter) => letter.charCodeAt(0));
    expectPlain(
      Uint8Array.from(units.flatMap((u) => (kind === 'utf16le' ? [u & 255, u >> 8] : [u >> 8, u & 255]))),
    );
  });
});

describe('dialects of BVH that say something of their own', () => {
  it('takes the whole line as a name, whatever is in it', () => {
    const name = 'Bip01 L|Arm.up:頭';
    expect(parse(PLAIN.replace('Knee', name)).joints[1].name).toBe(name);
  });

  it('reads names that are not UTF-8, and says so', () => {
    const at = PLAIN.indexOf('Knee');
    const latin = bytes(PLAIN);
    latin[at] = 0xe9;
    const bvh = parseBvh(latin);
    expect(bvh.joints[1].name).toBe('énee');
    expect(codes(bvh)).toEqual(['bvh/name-encoding']);
  });

  it('reads two roots', () => {
    const second = HIERARCHY.replace('HIERARCHY\n', '').replace('Hips', 'Prop').replace('Knee', 'Tip');
    const row = `${VALUES.slice(0, 9).join(' ')} ${VALUES.slice(9).join(' ')}\n`;
    const bvh = parse(`${HIERARCHY}${second}MOTION\nFrames: 1\nFrame Time: 0.04\n${row}`);
    expect(bvh.joints.map(({ name, parent }) => [name, parent])).toEqual([
      ['Hips', -1],
      ['Knee', 0],
      ['Prop', -1],
      ['Tip', 2],
    ]);
    expect(bvh.joints[3].firstChannel).toBe(15);
    expect([...bvh.motion.values]).toEqual(VALUES);
  });

  it('does without End Sites and without their OFFSET', () => {
    const none = parse(PLAIN.replace(/\s*End Site[^}]*\}/, ''));
    expect(none.joints[1]).not.toHaveProperty('endOffset');
    const bare = parse(PLAIN.replace('OFFSET 0 -42 0', ''));
    expect(bare.joints[1]).not.toHaveProperty('endOffset');
    expect([...bare.motion.values]).toEqual(VALUES);
  });

  it('reads joints with no channel, with one, and with rotations before positions', () => {
    const text = `HIERARCHY\nROOT a\n{\nOFFSET 1 2 3\nCHANNELS 6 Zrotation Xrotation Yrotation Xposition Yposition Zposition
      JOINT b\n{\nOFFSET 0 1 0\nCHANNELS 0\nJOINT c\n{\nOFFSET 0 1 0\nCHANNELS 1 Xrotation\n}\n}\n}
      MOTION\nFrames: 1\nFrame Time: 0.1\n0 0 0 4 5 6 90\n`;
    const scene = readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' });
    const out = new Float64Array(36);
    scene.evaluate(0, 0, out);
    expect([...out.subarray(33, 36)]).toEqual([4, 7, 6]);
    expect(out[24 + 4]).toBeCloseTo(0, 12);
    expect(out[24 + 5]).toBeCloseTo(1, 12);
  });

  it('replaces only the axes of OFFSET that have a position channel', () => {
    const text =
      'HIERARCHY\nROOT a\n{\nOFFSET 1 2 3\nCHANNELS 1 Yposition\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n9\n';
    const out = new Float64Array(12);
    readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' }).evaluate(0, 0, out);
    expect([...out.subarray(9)]).toEqual([1, 9, 3]);
  });

  it.each([
    ['more frames announced than there are', 'Frames: 7'],
    ['fewer', 'Frames: 1'],
  ])('believes the rows: %s', (_name, line) => {
    const bvh = parse(PLAIN.replace('Frames: 2', line));
    expect(bvh.motion.frameCount).toBe(2);
    expect(codes(bvh)).toEqual(['bvh/frame-count']);
  });

  it('assumes 30 frames a second where no usable frame time is given, and says so', () => {
    for (const line of ['', 'Frame Time: 0\n', 'Frame Time: nan\n', 'Frame Time: -0.04\n']) {
      const scene = readBvh(bytes(PLAIN.replace('Frame Time: 0.04\n', line)), { file: 'x' });
      expect(scene.takes[0]).toMatchObject({ frameCount: 2, rate: { numerator: 30, denominator: 1 } });
      expect(codes(scene)).toContain('bvh/no-frame-time');
    }
  });

  it('leaves out text behind the last row and a row that was cut off', () => {
    const trailing = parse(`${PLAIN}\nexported by some tool, version 2\n`);
    expect([trailing.motion.frameCount, codes(trailing)]).toEqual([2, ['bvh/trailing-text']]);
    const cut = parse(`${PLAIN}1 2 3\n`);
    expect([cut.motion.frameCount, codes(cut)]).toEqual([2, ['bvh/partial-row']]);
  });

  it('reads a skeleton without frames as one without takes', () => {
    for (const text of [HIERARCHY, `${HIERARCHY}MOTION\nFrames: 0\nFrame Time: 0.01\n`]) {
      const scene = readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' });
      expect(scene.takes).toEqual([]);
      expect(codes(scene)).toEqual(['bvh/no-frames']);
      const out = new Float64Array(24);
      scene.evaluate(-1, 0, out);
      expect(out[12 + 10]).toBe(-40);
    }
  });

  it('makes equal names unique, and says so', () => {
    const scene = readBvh(bytes(PLAIN.replace('Knee', 'Hips')), { file: 'x' });
    expect(scene.skeleton.joints.map(({ name, sourceName }) => [name, sourceName])).toEqual([
      ['Hips', 'Hips'],
      ['Hips_2', 'Hips'],
    ]);
    expect(codes(scene)).toContain('skeleton/duplicate-name');
  });

  it('blends between frames and holds still outside them', () => {
    const scene = readBvh(bytes(PLAIN), { file: 'x', unitMetres: 1, up: 'y' });
    const at = (time: number): number[] => {
      const out = new Float64Array(24);
      scene.evaluate(0, time, out);
      return [...out];
    };
    expect(at(0.02)[10]).toBeCloseTo(81.75, 12);
    expect(Math.atan2(at(0.01)[12 + 5], at(0.01)[12 + 4])).toBeCloseTo((18.75 * Math.PI) / 180, 9);
    expect(at(-1)).toEqual(at(0));
    expect(at(9)).toEqual(at(0.04));
  });

  it('turns a figure that lies along Z upright', () => {
    const text = PLAIN.replaceAll('0 -40 0', '0 0 -40').replaceAll('0 -42 0', '0 0 -42');
    const scene = readBvh(bytes(text), { file: 'x', unitMetres: 1 });
    expect(scene.source.axes).toBe('Z up, turned to Y up');
    expect(scene.source.guesses.join()).toContain('Z is taken as up');
    expect(scene.skeleton.joints[1].restTranslation).toEqual([0, -40, -0]);
    expect(readBvh(bytes(text), { file: 'x', up: 'y' }).source.axes).toBe('Y up');
  });
});

describe('BVH files that are refused', () => {
  it.each<[string, string, string, number]>([
    ['a number that is none', 'bvh/not-finite', PLAIN.replace('81.5', 'nan'), 20],
    ['infinity', 'bvh/not-finite', PLAIN.replace('81.5', '-inf'), 20],
    ['what Windows prints for it', 'bvh/not-finite', PLAIN.replace('81.5', '-1.#IND'), 20],
    ['an overflow', 'bvh/not-finite', PLAIN.replace('81.5', '1e999'), 20],
    ['a word among numbers', 'bvh/bad-number', PLAIN.replace('81.5', 'x81'), 20],
    ['two points', 'bvh/bad-number', PLAIN.replace('81.5', '8.1.5'), 20],
    ['text between rows', 'bvh/bad-number', PLAIN.replace('\n1 81', '\nhello\n1 81'), 20],
    ['an unknown channel', 'bvh/bad-channel', PLAIN.replace('3 Zrotation', '3 Wrotation'), 9],
    ['fewer channels than announced', 'bvh/bad-channel', PLAIN.replace('CHANNELS 3', 'CHANNELS 4'), 10],
    ['a hierarchy that is not closed', 'bvh/truncated', PLAIN.replace('}\n}\nMOTION', '}\nMOTION'), 15],
    ['the end of the file inside the hierarchy', 'bvh/truncated', PLAIN.slice(0, 150), 9],
    ['no joints', 'bvh/bad-hierarchy', 'HIERARCHY\nMOTION\n', 2],
    ['a word that is none', 'bvh/bad-hierarchy', PLAIN.replace('OFFSET 0 -40', 'OFSET 0 -40'), 8],
    [
      'rows that are one number short',
      'bvh/row-width',
      PLAIN.replace('0 15 0', '0 15').replace('0 30 0', '0 30'),
      20,
    ],
    [
      'a first frame that is cut off',
      'bvh/truncated',
      `${HIERARCHY}MOTION\nFrames: 2\nFrame Time: 0.04\n1 2 3`,
      19,
    ],
    ['a word for the number of frames', 'bvh/bad-motion', PLAIN.replace('Frames: 2', 'Frames: two'), 17],
  ])('%s', (_name, code, text, line) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain('clip.bvh, line ');
    expect(Math.abs(Number(error.data.line) - line)).toBeLessThanOrEqual(1);
  });

  it('names the frame of a number that is none', () => {
    expect(errorOf(PLAIN.replace('81.5', 'nan')).data.frame).toBe(1);
  });

  it('does not believe huge counts', () => {
    const bvh = parse(PLAIN.replace('Frames: 2', 'Frames: 99999999999'));
    expect(bvh.motion.frameCount).toBe(2);
    expect(errorOf(PLAIN.replace('CHANNELS 3', 'CHANNELS 4000000000')).code).toBe('bvh/too-large');
  });

  it('ends soon on thousands of nested or equal joints', () => {
    const deep = `HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n${'JOINT a\n{\nOFFSET 0 1 0\n'.repeat(19_000)}${'}\n'.repeat(19_001)}`;
    expect(readBvh(bytes(deep), { file: 'x' }).skeleton.joints).toHaveLength(19_001);
    const deeper = `HIERARCHY\nROOT a\n{\n${'JOINT a\n{\n'.repeat(30_000)}`;
    expect(errorOf(deeper).code).toBe('bvh/too-large');
  });
});

describe('numbers', () => {
  it('are what Number() makes of them, to the last bit', () => {
    const random = seededRandom(3);
    const texts = [
      '0',
      '-0',
      '.5',
      '5.',
      '1e22',
      '1e23',
      '9007199254740993',
      '0.1',
      '1e-400',
      '123456789012345678',
      '4.9e-324',
      '179769313486231570000e288',
    ];
    for (let i = 0; i < 20_000; i++) {
      const value = (random.uniform() - 0.5) * 10 ** (random.below(40) - 20);
      texts.push(
        [String(value), value.toFixed(6), value.toPrecision(17), value.toExponential(random.below(17))][
          random.below(4)
        ],
      );
    }
    for (const text of texts) {
      const reader = new BvhReader(bytes(`${text} `), '');
      expect(reader.number(), text).toBe(true);
      expect(Object.is(reader.value, Number(text)), text).toBe(true);
    }
  });

  it.each(['', '-', '.', 'e5', '1.2.3', '1x', 'nan', '1,2,3'])('are not made of %s', (text) => {
    expect(new BvhReader(bytes(text), '').number()).toBe(false);
  });
});
