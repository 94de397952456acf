import { describe, expect, it } from 'vitest';
import { parseAsciiFbx } from '../../src/formats/fbx/parse-ascii.js';

const parse = (text: string): ReturnType<typeof parseAsciiFbx> =>
  parseAsciiFbx(new TextEncoder().encode(text), 'test.fbx');
const HEADER = 'FBXHeaderExtension:  {\n\tFBXVersion: 7400\n}\n';

describe('ASCII FBX', () => {
  it.each([
    ['a node that does not end', `${HEADER}Objects: {\n`, /line 5: the file ends inside a node/],
    ['a brace too many', `${HEADER}}\n`, /line 4: a brace closes/],
    ['a name without a colon', `${HEADER}Objects {\n}\n`, /line 4: "Objects" is not followed by a colon/],
    ['an array that promises too much', `${HEADER}A: *3 {\n\ta: 1,2\n}\n`, /promises 3 numbers and holds 2/],
    ['an array that does not end', `${HEADER}A: *2 {\n\ta: 1,2`, /ends inside an array/],
    ['a text that does not end', `${HEADER}A: "abc`, /a text is not closed/],
    ['endless nesting', `${HEADER}${'A: {\n'.repeat(200)}`, /nested more than 64 deep/],
  ])('refuses %s, naming the line', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('reads values, nested nodes, arrays over lines, quotes, comments and CRLF', () => {
    const tree = parse(
      `; FBX 7.4.0 project file\r\n${HEADER}A: 1, -2.5e-3, "b;&quot;c", Y {\r\n\tB: *4 {\r\n\t\ta: 1,2,\r\n3 , 4\r\n\t}\r\n\tC: 9007199254740993\r\n}\r\nD: *2 {\n a: 1,46186158000123456789\n}`,
    );
    expect(tree.version).toBe(7400);
    const [, a, d] = tree.nodes;
    expect(a?.values).toEqual([1, -0.0025, 'b;"c', 'Y']);
    expect(a?.children[0]?.values).toEqual([Float64Array.from([1, 2, 3, 4])]);
    expect(a?.children[1]?.values).toEqual([9007199254740993n]);
    expect(d?.values[0]).toBeInstanceOf(BigInt64Array);
  });

  it('reads the NaN and infinity of Windows run-time libraries', () => {
    expect(parse(`${HEADER}A: -1.#IND, 1.#INF, -1.#INF`).nodes[1]?.values).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });
});
