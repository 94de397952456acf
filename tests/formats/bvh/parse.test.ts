import { describe, expect, it } from 'vitest';
import { type BvhFile, parseBvh } from '../../../src/formats/bvh/parse.js';
import { BvhReader } from '../../../src/formats/bvh/reader.js';
import { readBvh } from '../../../src/formats/bvh/scene.js';
import { readScene } from '../../../src/formats/read-scene.js';
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

const parse = (text: string): Promise<BvhFile> => parseBvh(bytes(text), 'clip.bvh');
const codes = ({ warnings }: { warnings: readonly { code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

const valuesOf = ({ motion: { rows } }: BvhFile): number[] => rows.blocks.flatMap((block) => [...block]);

/** Reads a text that means the same as PLAIN. */
async function expectPlain(text: string | Uint8Array): Promise<void> {
  const bvh = await (typeof text === 'string' ? parse(text) : parseBvh(text));
  expect(bvh.joints.map(({ name }) => name)).toEqual(['Hips', 'Knee']);
  expect(bvh.joints[1].offset).toEqual([0, -40, 0]);
  expect(valuesOf(bvh)).toEqual(VALUES);
  expect(bvh.motion.frameTime).toBe(0.04);
  expect(bvh.warnings).toEqual([]);
}

async function errorOf(
  text: string,
): Promise<{ code: string; message: string; data: Record<string, unknown> }> {
  try {
    await parse(text);
  } catch (error) {
    return error as Awaited<ReturnType<typeof errorOf>>;
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
  ])('%s', async (_name, text) => {
    await expectPlain(text);
  });

  it.each([
    ['little', 'utf16le'],
    ['big', 'utf16be'],
  ])('UTF-16, %s-endian', async (_name, kind) => {
    const units = [...`\ufeff${PLAIN}`].map((letter) => letter.charCodeAt(0));
    await expectPlain(
      Uint8Array.from(units.flatMap((u) => (kind === 'utf16le' ? [u & 255, u >> 8] : [u >> 8, u & 255]))),
    );
  });
});

describe('dialects of BVH that say something of their own', () => {
  it('takes the whole line as a name, whatever is in it', async () => {
    const name = 'Bip01 L|Arm.up:頭';
    expect((await parse(PLAIN.replace('Knee', name))).joints[1].name).toBe(name);
  });

  it('reads names that are not UTF-8, and says so', async () => {
    const at = PLAIN.indexOf('Knee');
    const latin = bytes(PLAIN);
    latin[at] = 0xe9;
    const bvh = await parseBvh(latin);
    expect(bvh.joints[1].name).toBe('énee');
    expect(codes(bvh)).toEqual(['bvh/name-encoding']);
  });

  it('reads two roots', async () => {
    const second = HIERARCHY.replace('HIERARCHY\n', '').replace('Hips', 'Prop').replace('Knee', 'Tip');
    const row = `${VALUES.slice(0, 9).join(' ')} ${VALUES.slice(9).join(' ')}\n`;
    const bvh = await parse(`${HIERARCHY}${second}MOTION\nFrames: 1\nFrame Time: 0.04\n${row}`);
    expect(bvh.joints.map(({ name, parent }) => [name, parent])).toEqual([
      ['Hips', -1],
      ['Knee', 0],
      ['Prop', -1],
      ['Tip', 2],
    ]);
    expect(bvh.joints[3].firstChannel).toBe(15);
    expect(valuesOf(bvh)).toEqual(VALUES);
  });

  it('does without End Sites and without their OFFSET', async () => {
    const none = await parse(PLAIN.replace(/\s*End Site[^}]*\}/, ''));
    expect(none.joints[1]).not.toHaveProperty('endOffset');
    const bare = await parse(PLAIN.replace('OFFSET 0 -42 0', ''));
    expect(bare.joints[1]).not.toHaveProperty('endOffset');
    expect(valuesOf(bare)).toEqual(VALUES);
  });

  it('reads joints with no channel, with one, and with rotations before positions', async () => {
    const text = `HIERARCHY\nROOT a\n{\nOFFSET 1 2 3\nCHANNELS 6 Zrotation Xrotation Yrotation Xposition Yposition Zposition
      JOINT b\n{\nOFFSET 0 1 0\nCHANNELS 0\nJOINT c\n{\nOFFSET 0 1 0\nCHANNELS 1 Xrotation\n}\n}\n}
      MOTION\nFrames: 1\nFrame Time: 0.1\n0 0 0 4 5 6 90\n`;
    const scene = await readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' });
    const out = new Float64Array(36);
    scene.evaluate(0, 0, out);
    expect([...out.subarray(33, 36)]).toEqual([4, 7, 6]);
    expect(out[24 + 4]).toBeCloseTo(0, 12);
    expect(out[24 + 5]).toBeCloseTo(1, 12);
  });

  it('replaces only the axes of OFFSET that have a position channel', async () => {
    const text =
      'HIERARCHY\nROOT a\n{\nOFFSET 1 2 3\nCHANNELS 1 Yposition\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n9\n';
    const out = new Float64Array(12);
    (await readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' })).evaluate(0, 0, out);
    expect([...out.subarray(9)]).toEqual([1, 9, 3]);
  });

  it.each([
    ['more frames announced than there are', 'Frames: 7'],
    ['fewer', 'Frames: 1'],
  ])('believes the rows: %s', async (_name, line) => {
    const bvh = await parse(PLAIN.replace('Frames: 2', line));
    expect(bvh.motion.rows.count).toBe(2);
    expect(codes(bvh)).toEqual(['bvh/frame-count']);
  });

  it('assumes 30 frames a second where no usable frame time is given, and says so', async () => {
    for (const line of ['', 'Frame Time: 0\n', 'Frame Time: nan\n', 'Frame Time: -0.04\n']) {
      const scene = await readBvh(bytes(PLAIN.replace('Frame Time: 0.04\n', line)), { file: 'x' });
      expect(scene.takes[0]).toMatchObject({ frameCount: 2, rate: { numerator: 30, denominator: 1 } });
      expect(codes(scene)).toContain('bvh/no-frame-time');
    }
  });

  it('leaves out text behind the last row and a row that was cut off', async () => {
    const trailing = await parse(`${PLAIN}\nexported by some tool, version 2\n`);
    expect([trailing.motion.rows.count, codes(trailing)]).toEqual([2, ['bvh/trailing-text']]);
    const cut = await parse(`${PLAIN}1 2 3\n`);
    expect([cut.motion.rows.count, codes(cut)]).toEqual([2, ['bvh/partial-row']]);
  });

  it('reads a skeleton without frames as one without takes', async () => {
    for (const text of [HIERARCHY, `${HIERARCHY}MOTION\nFrames: 0\nFrame Time: 0.01\n`]) {
      const scene = await readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' });
      expect(scene.takes).toEqual([]);
      expect(codes(scene)).toEqual(['bvh/no-frames']);
      const out = new Float64Array(24);
      scene.evaluate(-1, 0, out);
      expect(out[12 + 10]).toBe(-40);
    }
  });

  it('makes equal names unique, and says so', async () => {
    const scene = await readBvh(bytes(PLAIN.replace('Knee', 'Hips')), { file: 'x' });
    expect(scene.skeleton.joints.map(({ name, sourceName }) => [name, sourceName])).toEqual([
      ['Hips', 'Hips'],
      ['Hips_2', 'Hips'],
    ]);
    expect(codes(scene)).toContain('skeleton/duplicate-name');
  });

  it('blends between frames and holds still outside them', async () => {
    const scene = await readBvh(bytes(PLAIN), { file: 'x', unitMetres: 1, up: 'y' });
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

  it('turns a figure that lies along Z upright', async () => {
    const text = PLAIN.replaceAll('0 -40 0', '0 0 -40').replaceAll('0 -42 0', '0 0 -42');
    const scene = await readBvh(bytes(text), { file: 'x', unitMetres: 1 });
    expect(scene.source.axes).toBe('Z up, turned to Y up');
    expect(scene.source.guesses.join()).toContain('Z is taken as up');
    expect(scene.skeleton.joints[1].restTranslation).toEqual([0, -40, -0]);
    expect((await readBvh(bytes(text), { file: 'x', up: 'y' })).source.axes).toBe('Y up');
  });
});

describe('reading a large BVH', () => {
  const large = bytes(`${HIERARCHY}MOTION\nFrames: 1\nFrame Time: 0.04\n${ROWS.repeat(900_000)}`);

  it('tells how far it is, about every 8 MiB', async () => {
    const shares: number[] = [];
    const onProgress = async (share: number): Promise<void> => {
      shares.push(share);
    };
    const scene = await readScene(large, { file: 'x', onProgress });
    expect(scene.takes[0].frameCount).toBe(1_800_000);
    expect(shares.length).toBeGreaterThanOrEqual(Math.floor(large.length / 2 ** 23) - 1);
    expect(shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
  });

  it('ends when the listener throws', async () => {
    let told = 0;
    const onProgress = (): void => {
      told++;
      throw new Error('enough');
    };
    await expect(readBvh(large, { file: 'x', onProgress })).rejects.toThrow('enough');
    expect(told).toBe(1);
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
  ])('%s', async (_name, code, text, line) => {
    const error = await errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain('clip.bvh, line ');
    expect(Math.abs(Number(error.data.line) - line)).toBeLessThanOrEqual(1);
  });

  it('names the frame of a number that is none', async () => {
    expect((await errorOf(PLAIN.replace('81.5', 'nan'))).data.frame).toBe(1);
  });

  it('does not believe huge counts', async () => {
    const bvh = await parse(PLAIN.replace('Frames: 2', 'Frames: 99999999999'));
    expect(bvh.motion.rows.count).toBe(2);
    expect((await errorOf(PLAIN.replace('CHANNELS 3', 'CHANNELS 4000000000'))).code).toBe('bvh/too-large');
  });

  it('ends soon on thousands of nested or equal joints', async () => {
    const deep = `HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n${'JOINT a\n{\nOFFSET 0 1 0\n'.repeat(19_000)}${'}\n'.repeat(19_001)}`;
    expect((await readBvh(bytes(deep), { file: 'x' })).skeleton.joints).toHaveLength(19_001);
    const deeper = `HIERARCHY\nROOT a\n{\n${'JOINT a\n{\n'.repeat(30_000)}`;
    expect((await errorOf(deeper)).code).toBe('bvh/too-large');
  });
});

describe('numbers', () => {
  it('of a motion block are what Number() makes of them, to the last bit', async () => {
    const random = seededRandom(4);
    const texts = [
      ...['-0', '0.0', '-0.000000', '999999999.999999999', '1234567890.5', '9007199254740991', '5.', '.5'],
      ...['9007199.254740991', '9007199.254740993', '0.1234567890123456789', '1.000000000000000001'],
      ...[
        '123456789.123456789',
        '-1234567890',
        '0.00000000000000000001',
        '000000000001.5',
        '90071.99254740993',
      ],
    ];
    for (let i = 0; i < 50_000; i++) {
      const value = (random.uniform() - 0.5) * 10 ** (random.below(14) - 3);
      texts.push(value.toFixed(random.below(20)));
      if (i % 7 === 0) texts.push(value.toExponential(random.below(17)), String(value));
    }
    const joint = 'HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nCHANNELS 1 Xposition\n}\nMOTION\n';
    const bvh = await parse(`${joint}Frames: ${texts.length}\nFrame Time: 1\n${texts.join('\n')}\n`);
    const values = valuesOf(bvh);
    expect(bvh.warnings).toEqual([]);
    expect(values).toHaveLength(texts.length);
    expect(texts.filter((text, i) => !Object.is(values[i], Number(text)))).toEqual([]);
  });

  it('take two bytes each where a block holds small whole ones alone', async () => {
    const numbers = (f: number): number[] =>
      Array.from({ length: 9 }, (_, c) => (f === 30_000 && c === 4 ? 0.5 : (f % 360) - 180));
    const text = `${HIERARCHY}MOTION\nFrames: 60000\nFrame Time: 0.04\n${Array.from({ length: 60_000 }, (_, f) => numbers(f).join(' ')).join('\n')}\n`;
    const bvh = await parse(text);
    const kinds = bvh.motion.rows.blocks.map((block) => block.constructor.name);
    expect(kinds.filter((kind) => kind === 'Int16Array').length).toBeGreaterThan(2);
    expect(kinds[Math.floor(30_000 / bvh.motion.rows.rowsPerBlock)]).toBe('Float64Array');
    expect(valuesOf(bvh).findIndex((value, i) => value !== numbers(Math.floor(i / 9))[i % 9])).toBe(-1);
    const negative = await parse(
      `${HIERARCHY}MOTION\nFrames: 20000\nFrame Time: 0.04\n${'-0 0 0 0 0 0 0 0 0\n'.repeat(20_000)}`,
    );
    expect(Object.is(valuesOf(negative)[0], -0)).toBe(true);
  });

  it('lie in blocks of whole rows, however many there are', async () => {
    const row = (f: number): string => Array.from({ length: 9 }, (_, c) => f + c / 8).join(' ');
    const rows = Array.from({ length: 40_000 }, (_, f) => row(f));
    const text = `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: 0.04\n${rows.join('\n')}\n1 2`;
    const { motion, warnings } = await parse(text);
    expect(warnings.map(({ code }) => code)).toEqual(['bvh/partial-row', 'bvh/frame-count']);
    expect(motion.rows.blocks.length).toBeGreaterThan(2);
    expect(motion.rows.count).toBe(40_000);
    for (const block of motion.rows.blocks) expect(block.length % 9).toBe(0);
    const values = valuesOf(await parse(text));
    expect(values).toHaveLength(9 * 40_000);
    expect(values.findIndex((value, i) => value !== Math.floor(i / 9) + (i % 9) / 8)).toBe(-1);
    const scene = await readBvh(bytes(text), { file: 'x', unitMetres: 1, up: 'y' });
    const out = new Float64Array(24);
    for (const frame of [0, 14_562, 14_563, 14_564, 39_999]) {
      scene.evaluate(0, frame * 0.04, out);
      expect(out[9]).toBe(frame);
    }
  });

  it('are what Number() makes of them, to the last bit', async () => {
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
