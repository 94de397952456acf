/** Lies that only a BVH file can tell. */
import { chance, few, NASTY_NUMBERS, pick } from './pick.mjs';
import { BAD_NUMBERS } from './text.mjs';

const CHANNELS = [
  'Xposition',
  'Yposition',
  'Zposition',
  'Xrotation',
  'Yrotation',
  'Zrotation',
  'Xscale',
  'Wrotation',
];

/** Replaces the match that chance picks. */
function replaceOne(text, random, pattern, make) {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const match = pick(random, matches);
  return text.slice(0, match.index) + make(match) + text.slice(match.index + match[0].length);
}

const numberOrWord = (random) => pick(random, chance(random, 0.7) ? NASTY_NUMBERS : BAD_NUMBERS);

export const BVH_MUTATORS = {
  'Frames: lies': (text, random) => text.replace(/Frames:.*/, `Frames: ${numberOrWord(random)}`),
  'Frame Time: lies': (text, random) => text.replace(/Frame Time:.*/, `Frame Time: ${numberOrWord(random)}`),
  'CHANNELS lie': (text, random) =>
    replaceOne(text, random, /CHANNELS\s+\d+/g, () => `CHANNELS ${numberOrWord(random)}`),
  'channels changed': (text, random) =>
    replaceOne(text, random, /CHANNELS.*/g, () => {
      const count = random.below(9);
      const words = Array.from({ length: count }, () => pick(random, CHANNELS));
      return `CHANNELS ${chance(random, 0.8) ? count : random.below(9)} ${words.join(' ')}`;
    }),
  'OFFSET changed': (text, random) =>
    replaceOne(text, random, /OFFSET.*/g, () =>
      ['OFFSET', ...Array.from({ length: 3 }, () => numberOrWord(random))].join(' '),
    ),
  'joints nested deep': (text, random) =>
    replaceOne(text, random, /(JOINT|ROOT)[^{]*\{/g, ([head]) => {
      const count = few(random, 25_000);
      return `${head}\n${'JOINT n\n{\nOFFSET 0 1 0\n'.repeat(count)}${chance(random, 0.9) ? '}\n'.repeat(count) : ''}`;
    }),
  'joints many': (text, random) =>
    replaceOne(
      text,
      random,
      /End Site\s*\{[^}]*\}/g,
      ([end]) => `JOINT w\n{\nOFFSET 0 0 0\nCHANNELS 0\n}\n`.repeat(few(random, 25_000)) + end,
    ),
  'brace left out or added': (text, random) =>
    replaceOne(text, random, /[{}]/g, () => pick(random, ['', '{', '}', '{{', '}}'])),
  'joint left out': (text, random) => replaceOne(text, random, /(JOINT|End Site)[^{]*\{[^{}]*\}/g, () => ''),
  'names alike': (text, random) =>
    text.replaceAll(/JOINT .*/g, (line) => (chance(random, 0.5) ? 'JOINT a' : line)),
  'second root': (text, random) => {
    const [hierarchy] = text.split('MOTION');
    return text.replace(
      'MOTION',
      `${chance(random, 0.5) ? hierarchy : hierarchy.replace('HIERARCHY', '')}MOTION`,
    );
  },
  'rows short or long': (text, random) => {
    const at = text.search(/Frame Time:.*\n/);
    if (at < 0) return text;
    const rows = text.slice(at).split('\n');
    const less = chance(random, 0.5);
    return (
      text.slice(0, at) +
      rows
        .map((row, i) => (i === 0 || row === '' ? row : less ? row.replace(/\S+\s*$/, '') : `${row} 1`))
        .join('\n')
    );
  },
};
