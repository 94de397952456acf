import type { Side } from '../body.js';
import { isSidedWord } from './vocabulary.js';

/** A joint's name without what differs between exporters: prefix, suffix, letter case, spelling of the side. */
export interface JointName {
  readonly side: Side | undefined;
  /** Lower case, no separators except `-` between numbers: `upperarm`, `spine01`, `finger3-1`. */
  readonly key: string;
  /** The words that the key is made of. */
  readonly words: readonly string[];
}

const KNOWN_PREFIX =
  /^(mixamorig\d*|bip\d+|def|org|mch|cc|base|rl|b|p|jnt|bn|character\d*|ctrl|rig|armature|skeleton|skel|valve|biped)$/;
const KNOWN_SUFFIX = /^(armature|jnt|jt|bone|bind|bn|node|id|skel)$/;
const LEFT = /^(left|l|左)$/;
const RIGHT = /^(right|r|右)$/;

/** `LHipJoint` → l, hip, joint; `Bip01 L Toe0` → bip01, l, toe0; `finger3-1` → finger3, 1. */
function wordsOf(name: string): string[] {
  const plain = name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('|')) + 1) || name;
  return plain
    .normalize('NFKC')
    .replace(/([左右])/gu, ' $1 ')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Whether most of a file's names share a first word (a prefix nobody knows) or end in a running number. */
function habitsOf(names: readonly (readonly string[])[]): { prefix: string | undefined; numbered: boolean } {
  const first = new Map<string, number>();
  const last = new Set<string>();
  let numbered = 0;
  for (const words of names) {
    const [head] = words;
    const tail = words.at(-1) as string;
    if (words.length > 1) first.set(head, (first.get(head) ?? 0) + 1);
    if (words.length > 1 && /^\d+$/.test(tail)) {
      numbered++;
      last.add(tail);
    }
  }
  const most = names.length < 8 ? Number.POSITIVE_INFINITY : 0.7 * names.length;
  const [prefix] = [...first].filter(([, count]) => count >= most).map(([word]) => word);
  const isSide = prefix !== undefined && (LEFT.test(prefix) || RIGHT.test(prefix));
  return { prefix: isSide ? undefined : prefix, numbered: last.size >= most && numbered - last.size <= 2 };
}

function splitSide(words: string[], mirrored: ReadonlySet<string>): Side | undefined {
  for (let i = 0; i < words.length; i++) {
    if (LEFT.test(words[i]) || RIGHT.test(words[i])) {
      const side = LEFT.test(words[i]) ? 'L' : 'R';
      if (words.length > 1) words.splice(i, 1);
      return side;
    }
  }
  const glued = /^(left|right)(?=\p{L})/u.exec(words[0] ?? '');
  if (glued) {
    words[0] = words[0].slice(glued[1].length);
    return glued[1] === 'left' ? 'L' : 'R';
  }
  // `lfemur`: one letter and a word of the body, and the other side is there too.
  const key = words.join('');
  const letter = key[0];
  if ((letter === 'l' || letter === 'r') && isSidedWord(key.slice(1))) {
    const other = `${letter === 'l' ? 'r' : 'l'}${key.slice(1)}`;
    if (mirrored.has(other)) {
      words[0] = words[0].slice(1);
      return letter === 'l' ? 'L' : 'R';
    }
  }
  return undefined;
}

const joined = (words: readonly string[]): string =>
  words.reduce((key, word) => (/\d$/.test(key) && /^\d/.test(word) ? `${key}-${word}` : key + word), '');

/**
 * Reads the joint names of one skeleton.
 *
 * Namespaces, known prefixes, a first word that most names share, and running numbers that an exporter hung
 * on (`Bip001_Pelvis_04`) are taken off; sides are read from `Left`, `L_`, `_l`, `.L`, `lThigh` and the like.
 */
export function readJointNames(names: readonly string[]): JointName[] {
  const split = names.map(wordsOf);
  const { numbered } = habitsOf(split);
  const trimmed = split.map((words) =>
    numbered && words.length > 1 && /^\d+$/.test(words.at(-1) as string) ? words.slice(0, -1) : words,
  );
  const { prefix } = habitsOf(trimmed);
  const bare = trimmed.map((words) => {
    const rest = [...words];
    while (rest.length > 1 && (rest[0] === prefix || KNOWN_PREFIX.test(rest[0]))) rest.shift();
    while (rest.length > 1 && KNOWN_SUFFIX.test(rest.at(-1) as string)) rest.pop();
    return rest;
  });
  const keys = new Set(bare.map(joined));
  return bare.map((words) => {
    const rest = [...words];
    const side = splitSide(rest, keys);
    return { side, key: joined(rest), words: rest };
  });
}
