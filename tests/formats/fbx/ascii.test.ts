import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../src/formats/fbx/node.js';
import { parseAsciiFbx } from '../../../src/formats/fbx/parse-ascii.js';
import { readFbx } from '../../../src/formats/fbx/read.js';
import { ReadingProgress } from '../../../src/formats/fbx/reading-progress.js';
import { asciiFbx, hang, limb, property } from './made-ascii.js';

const parse = (text: string): ReturnType<typeof parseAsciiFbx> =>
  parseAsciiFbx(new TextEncoder().encode(text), 'test.fbx', new ReadingProgress(undefined));
const HEADER = 'FBXHeaderExtension:  {\n\tFBXVersion: 7400\n}\n';

describe('ASCII FBX', () => {
  it.each([
    ['a node that does not end', `${HEADER}Objects: {\n`, /line 5: the file ends inside a node/],
    ['a brace too many', `${HEADER}}\n`, /line 4: a brace closes/],
    ['a name without a colon', `${HEADER}Objects {\n}\n`, /line 4: "Objects" is not followed by a colon/],
    ['an array that does not end', `${HEADER}A: *2 {\n\ta: 1,2`, /ends inside an array/],
    ['a text that does not end', `${HEADER}A: "abc`, /a text is not closed/],
    ['endless nesting', `${HEADER}${'A: {\n'.repeat(200)}`, /nested more than 64 deep/],
  ])('refuses %s, naming the line', async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(message);
  });

  it('reads values, nested nodes, arrays over lines, quotes, comments and CRLF', async () => {
    const tree = await parse(
      `; FBX 7.4.0 project file\r\n${HEADER}A: 1, -2.5e-3, "b;&quot;c", Y {\r\n\tB: *4 {\r\n\t\ta: 1,2,\r\n3 , 4\r\n\t}\r\n\tC: 9007199254740993\r\n}\r\nD: *2 {\n a: 1,46186158000123456\n}`,
    );
    expect(tree.version).toBe(7400);
    const [, a, d] = tree.nodes;
    expect(a?.values).toEqual([1, -0.0025, 'b;"c', 'Y']);
    expect(numbersOf(a?.children[0])).toEqual(Float64Array.from([1, 2, 3, 4]));
    expect(a?.children[1]?.values).toEqual([9007199254740993n]);
    expect(numbersOf(d)).toEqual(Float64Array.from([1, 46186158000123456]));
  });

  it('reads arrays only when they are asked for, as Number() does, and tells what they lack by line', async () => {
    const numbers = ['0', '-0', '.5', '-12.', '1e-7', '3.14159265358979', '1.7976931348623157e308', '5e-324'];
    const long = ['123456789012345678901234567890', '0.1234567890123456789', '1e400', '+7'];
    const text = [...numbers, ...long].join(', ');
    const [, node] = (await parse(`${HEADER}A: *${numbers.length + long.length} {\n a: ${text}\n}`)).nodes;
    expect(numbersOf(node)).toEqual(Float64Array.from([...numbers, ...long], Number));
    const odd = (await parse(`${HEADER}A: *4 {\na: 1.#QNAN,-1.#IND,-1.#INF,x\n}`)).nodes[1];
    expect([...numbersOf(odd)]).toEqual([Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN]);
    const short = (await parse(`${HEADER}A: *3 {\n\ta: 1,2\n}\n`)).nodes[1];
    expect(() => numbersOf(short)).toThrow(/line 4: an array promises 3 numbers and holds 2/);
    const huge = (await parse(`${HEADER}A: *99999999999 {\n\ta: 1,2\n}\n`)).nodes[1];
    expect(() => numbersOf(huge)).toThrow(/promises 99999999999 numbers/);
  });

  it('is refused by its version before its syntax, with what to choose in the exporter', async () => {
    const old = 'FBXHeaderExtension:  {\n\tFBXVersion: 6100\n}\nA: 1,2\n,3\n';
    await expect(readFbx(new TextEncoder().encode(old), { file: 'old.fbx' })).rejects.toThrow(
      /old.fbx is FBX of version 6.1; 7.0 or newer is wanted. In the exporter choose/,
    );
  });

  it('reads the NaN and infinity of Windows run-time libraries', async () => {
    expect((await parse(`${HEADER}A: -1.#IND, 1.#INF, -1.#INF`)).nodes[1]?.values).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it('tells which axis and unit a scene was made with, where the exporter changed them', async () => {
    const axes = async (settings: string): Promise<string> =>
      (
        await readFbx(asciiFbx({ settings, objects: limb(1, 'root'), connections: hang([1, 0]) }), {
          file: 'a.fbx',
        })
      ).source.axes;
    const up = property('UpAxis', 'int', 'Integer', '', 1);
    const made = property('OriginalUpAxis', 'int', 'Integer', '', 2);
    const unit = property('UnitScaleFactor', 'double', 'Number', '', 1);
    const original = property('OriginalUnitScaleFactor', 'double', 'Number', '', 100);
    expect(await axes(up)).toBe('Y up');
    expect(await axes(up + made)).toBe('Y up, made with Z up');
    expect(await axes(up + made + unit + original)).toBe('Y up, made with Z up and in units of 1 m');
    expect(await axes(up + unit + property('OriginalUpAxis', 'int', 'Integer', '', -1))).toBe('Y up');
  });
});
