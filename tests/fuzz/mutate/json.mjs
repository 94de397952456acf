/** Damage of a JSON tree, in place. */
import { chance, few, NASTY_NUMBERS, pick } from './pick.mjs';

const STRAY = [null, true, '', 'x', 0, -1, [], {}, [[]], { a: 1 }, '\u0000', '__proto__', 1.5];

const isTree = (value) => typeof value === 'object' && value !== null;

/** A place in a tree as `{holder, key}`; upper places more often than leaves, so that structure is hit too. */
function placeIn(root, random) {
  let place;
  for (let holder = root; isTree(holder) && Object.keys(holder).length > 0; holder = holder[place.key]) {
    place = { holder, key: pick(random, Object.keys(holder)) };
    if (chance(random, 0.15)) break;
  }
  return place;
}

/** A place that holds a number; undefined where a few tries find none. */
function numberIn(root, random) {
  for (let n = 0; n < 20; n++) {
    const place = placeIn(root, random);
    if (place && typeof place.holder[place.key] === 'number') return place;
  }
  return undefined;
}

function setSome(root, random, find, make) {
  for (let n = few(random, 4); n > 0; n--) {
    const place = find(root, random);
    if (place) place.holder[place.key] = make(place.holder[place.key]);
  }
}

const remove = ({ holder, key }) =>
  Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];

export const JSON_MUTATORS = {
  'JSON numbers changed': (root, random) =>
    setSome(root, random, numberIn, () => pick(random, NASTY_NUMBERS)),
  'JSON numbers near by': (root, random) =>
    setSome(root, random, numberIn, (value) => value + pick(random, [-1, 1, 2, -2, 0.5])),
  'JSON values of other kinds': (root, random) =>
    setSome(root, random, placeIn, () => structuredClone(pick(random, STRAY))),
  'JSON values left out': (root, random) => {
    for (let n = few(random, 3); n > 0; n--) {
      const place = placeIn(root, random);
      if (place) remove(place);
    }
  },
  'JSON values exchanged': (root, random) => {
    const [a, b] = [placeIn(root, random), placeIn(root, random)];
    if (!a || !b) return;
    // Copies, because a value put inside itself could not be written.
    const [one, other] = [structuredClone(a.holder[a.key]), structuredClone(b.holder[b.key])];
    a.holder[a.key] = other;
    b.holder[b.key] = one;
  },
  'JSON lists longer': (root, random) => {
    const place = placeIn(root, random);
    const list = place?.holder;
    if (!Array.isArray(list)) return;
    const item = list[Number(place.key)];
    const size = JSON.stringify(item)?.length ?? 1;
    for (let n = Math.min(few(random, 20_000), Math.ceil(2e6 / (size + 1))); n > 0; n--)
      list.push(chance(random, 0.1) ? structuredClone(item) : item);
  },
};

/** JSON text with one value nested in thousands of lists or objects. */
export function nestDeep(text, random) {
  const depth = few(random, 100_000);
  const [open, close] = pick(random, [
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  return text.replace(
    /:\s*(\d+|"[^"]*")/,
    (_, value) => `:${open.repeat(depth)}${value}${close.repeat(depth)}`,
  );
}
