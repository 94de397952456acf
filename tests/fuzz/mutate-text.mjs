/** Damage to the words of a text format: numbers that are none, keywords swapped, lines doubled, deep nesting. */

const NUMBERS = [
  'nan',
  '-inf',
  '1e999',
  '-1',
  '0',
  '1e-320',
  '4294967296',
  '99999999999999999999',
  '1,5',
  '.',
  '--3',
];

const pick = (random, list) => list[random.below(list.length)];

/** `nesting` is how the format opens one more level; `keywords` are words that it knows. */
export function mutateText(bytes, random, { nesting, keywords }) {
  const text = new TextDecoder('latin1').decode(bytes);
  const words = text.split(/(\s+)/);
  const lines = text.split('\n');
  const way = random.below(7);
  const at = random.below(words.length);
  if (way === 0) return encode(replaceNumber(words, random, at));
  if (way === 1) return encode(words.filter((_, i) => i !== at).join(''));
  if (way === 2)
    return encode([...words.slice(0, at), pick(random, keywords), ' ', ...words.slice(at)].join(''));
  if (way === 3) {
    const other = random.below(words.length);
    [words[at], words[other]] = [words[other], words[at]];
    return encode(words.join(''));
  }
  if (way === 4) {
    const from = random.below(lines.length);
    const count = 1 + random.below(8);
    const to = random.below(lines.length);
    return encode([...lines.slice(0, to), ...lines.slice(from, from + count), ...lines.slice(to)].join('\n'));
  }
  if (way === 5) {
    const line = random.below(lines.length);
    const depth = 1 + random.below(pick(random, [4, 100, 20_000]));
    return encode([...lines.slice(0, line), nesting.repeat(depth), ...lines.slice(line)].join('\n'));
  }
  return encode(replaceNumber(words, random, at).replaceAll('\n', pick(random, ['\r\n', '\r', '\n\n', ' '])));
}

function replaceNumber(words, random, from) {
  for (let i = 0; i < words.length; i++) {
    const at = (from + i) % words.length;
    if (!/^[-+.\d]/.test(words[at])) continue;
    words[at] = pick(random, NUMBERS);
    break;
  }
  return words.join('');
}

const encode = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);
