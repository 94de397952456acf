import type { Joint } from '../../clip/index.js';

/**
 * How joints are called in a BVH file.
 *
 * | style           | names                                                                             |
 * | --------------- | --------------------------------------------------------------------------------- |
 * | `safe`          | letters A to Z, digits and `_`: every reader keeps them whole                       |
 * | `motionbuilder` | as `safe`, without what stands before the last `:`, so that `mixamorig:LeftUpLeg` is a name that MotionBuilder maps by itself |
 * | `blender`       | as they are; blanks and braces, at which Blender's importer would cut, become `_`; at most 63 bytes, which is all that Blender keeps |
 * | `source`        | as the file that they came from had them, with `_` for blanks and braces            |
 */
export type BvhNames = 'safe' | 'motionbuilder' | 'blender' | 'source';

const LONGEST_BLENDER_BYTES = 63;

const STYLES: Readonly<Record<BvhNames, (joint: Pick<Joint, 'name' | 'sourceName'>) => string>> = {
  safe: ({ name }) => safeLetters(name),
  motionbuilder: ({ name }) => safeLetters(name.slice(name.lastIndexOf(':') + 1)),
  blender: ({ name }) => oneWord(name),
  source: ({ sourceName }) => oneWord(sourceName),
};

/**
 * The joints' names in a style, each once: a name that is taken gets a number, one without letters is `joint`.
 *
 * @param given names that some joints have in any case, by joint; no other joint gets one of them.
 */
export function writtenNames(
  joints: readonly Pick<Joint, 'name' | 'sourceName'>[],
  style: BvhNames = 'safe',
  given: ReadonlyMap<number, string> = new Map(),
): string[] {
  const longest = style === 'blender' ? LONGEST_BLENDER_BYTES : Number.POSITIVE_INFINITY;
  const taken = new Set(given.values());
  const nextNumber = new Map<string, number>();
  return joints.map((joint, j) => {
    const stated = given.get(j);
    if (stated !== undefined) return stated;
    const name = cut(STYLES[style](joint) || 'joint', longest);
    let candidate = name;
    let n = nextNumber.get(name) ?? 2;
    for (; taken.has(candidate); n++) {
      const number = `_${n}`;
      candidate = cut(name, longest - number.length) + number;
    }
    nextNumber.set(name, n);
    taken.add(candidate);
    return candidate;
  });
}

/** Blanks and punctuation become `_`, letters of other scripts their code point (`頭` → `u982d`). */
function safeLetters(name: string): string {
  return [...name]
    .map((letter) => {
      if (/[A-Za-z0-9_]/.test(letter)) return letter;
      return /[\p{L}\p{N}]/u.test(letter) ? `u${(letter.codePointAt(0) ?? 0).toString(16)}` : '_';
    })
    .join('');
}

const oneWord = (name: string): string => name.replace(/[\s{}\p{Cc}\p{Cs}]/gu, '_');

/** As many whole letters as fit into a number of UTF-8 bytes. */
function cut(name: string, bytes: number): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= bytes) return name;
  let kept = '';
  let size = 0;
  for (const letter of name) {
    size += encoder.encode(letter).length;
    if (size > bytes) break;
    kept += letter;
  }
  return kept;
}
