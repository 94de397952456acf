const BY_NAME = 'joint:';

/**
 * What a joint is called in a motion track: its role, or `joint:` and its own name where no role is given.
 *
 * Nothing where neither is: the root is meant.
 */
export function jointKey(role: string | undefined, joint: string | undefined): string | undefined {
  return role ?? (joint === undefined ? undefined : BY_NAME + joint);
}

/** The joint's own name in a key that has it instead of a role. */
export const jointOfKey = (key: string): string | undefined =>
  key.startsWith(BY_NAME) ? key.slice(BY_NAME.length) : undefined;

/** A key as people read it: the role or the joint's own name. */
export const keyLabel = (key: string | undefined): string =>
  key === undefined ? 'root' : (jointOfKey(key) ?? key);

const SIDES: Readonly<Record<string, string>> = { L: 'R', R: 'L' };
/** How names say their side: a word that begins with it, its later part in camel case, or a letter that stands apart. */
const NAMED_SIDES = [
  /(^|[^a-z])(left|right)/i,
  /([a-z])(Left|Right)(?![a-z])/,
  /(^|[_. :-])([lr])(?=$|[_. :-])/i,
] as const;
const OTHER: Readonly<Record<string, string>> = { left: 'right', right: 'left', l: 'r', r: 'l' };

/**
 * The key of a joint's counterpart on the other side; the key itself for joints of the middle.
 *
 * Roles end in L or R; joints' own names say `Left`, `right`, `_l` or the like.
 */
export function mirroredKey(key: string): string {
  const name = jointOfKey(key);
  if (name === undefined) {
    const side = SIDES[key.at(-1) ?? ''];
    return side ? key.slice(0, -1) + side : key;
  }
  return BY_NAME + mirroredName(name);
}

/** A name as a mirror shows it: `turn-left` is `turn-right`; itself where it says no side. */
export function mirroredName(name: string): string {
  for (const sides of NAMED_SIDES) {
    const match = sides.exec(name);
    if (!match) continue;
    const word = match[2];
    const at = match.index + match[0].length - word.length;
    return name.slice(0, at) + likeIn(word, OTHER[word.toLowerCase()]) + name.slice(at + word.length);
  }
  return name;
}

/** A word in the case of another. */
function likeIn(pattern: string, word: string): string {
  if (pattern === pattern.toUpperCase()) return word.toUpperCase();
  return pattern[0] === pattern[0].toUpperCase() ? word[0].toUpperCase() + word.slice(1) : word;
}
