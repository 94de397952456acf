/** Damage of text formats: words changed, exchanged, repeated. Texts are Latin-1, so that bytes stay as they are. */
import { chance, few, NASTY_NUMBERS, pick, span } from './pick.mjs';

export const BAD_NUMBERS = [
  ...['nan', 'NaN', '-nan', 'inf', '-Infinity', '1.#QNAN', '-1.#IND', '1e999', '-1e999', '1e-999', '0x10'],
  ...[
    '1e',
    '--1',
    '+-1',
    '.',
    '-',
    '1.2.3',
    '1,5',
    '1,5,5',
    '',
    '٣',
    '1_000',
    '1e400000000000',
    '0'.repeat(400),
  ],
  ...[`1${'0'.repeat(400)}`, `0.${'3'.repeat(400)}`, '9007199254740993', '1d5'],
];

/** Where the tokens of a text lie, `pattern` matching one; from a random place on, so that long texts stay cheap. */
function tokenAt(text, random, pattern) {
  const search = new RegExp(pattern.source, 'g');
  search.lastIndex = random.below(text.length + 1);
  const match = search.exec(text) ?? new RegExp(pattern.source, 'g').exec(text);
  return match && { from: match.index, to: match.index + match[0].length, word: match[0] };
}

const replaced = (text, { from, to }, word) => text.slice(0, from) + word + text.slice(to);

const NUMBER = /[-+]?\d[\d.eE+-]*/;
const WORD = /[^\s,:{}[\]"]+/;
const SIGN = /[{}[\]",:]/;

function change(text, random, pattern, makeWord) {
  let out = text;
  for (let n = few(random, 6); n > 0; n--) {
    const token = tokenAt(out, random, pattern);
    if (token) out = replaced(out, token, makeWord(token.word, random));
  }
  return out;
}

export const TEXT_MUTATORS = {
  'numbers changed': (text, random) =>
    change(text, random, NUMBER, () => String(pick(random, NASTY_NUMBERS))),
  'numbers made none': (text, random) => change(text, random, NUMBER, () => pick(random, BAD_NUMBERS)),
  'words exchanged': (text, random) => {
    const one = tokenAt(text, random, WORD);
    const other = tokenAt(text, random, WORD);
    if (!one || !other) return text;
    return replaced(replaced(text, one, other.word), other, one.word);
  },
  'words left out': (text, random) => change(text, random, WORD, () => ''),
  'words doubled': (text, random) => change(text, random, WORD, (word) => `${word} ${word}`),
  'words joined': (text, random) => change(text, random, /\s+/, () => ''),
  'signs changed': (text, random) =>
    change(text, random, SIGN, () => pick(random, ['{', '}', '[', ']', '"', ',', ':', ''])),
  'lines exchanged': (text, random) => {
    const lines = text.split('\n');
    for (let n = few(random, 4); n > 0; n--) {
      const [a, b] = [random.below(lines.length), random.below(lines.length)];
      [lines[a], lines[b]] = [lines[b], lines[a]];
    }
    return lines.join('\n');
  },
  'lines left out or doubled': (text, random) => {
    const lines = text.split('\n');
    const [from, to] = span(random, lines.length);
    return [
      ...lines.slice(0, from),
      ...(chance(random, 0.5) ? [] : lines.slice(from - 1)),
      ...lines.slice(to),
    ].join('\n');
  },
  'signs nested': (text, random) => {
    const token = tokenAt(text, random, SIGN);
    return token ? replaced(text, token, token.word.repeat(few(random, 50_000))) : text;
  },
  'line ends changed': (text, random) =>
    text.replaceAll('\n', pick(random, ['\r', '\r\n', ' ', '\n\n', '\0'])),
  'long word': (text, random) =>
    change(text, random, WORD, (word) => word.repeat(Math.ceil(few(random, 1e6) / (word.length + 1)))),
};
