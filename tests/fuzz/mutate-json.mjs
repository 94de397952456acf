/** Damage to the structure of a JSON document: other types, lost and doubled entries, lying indices, depth. */

const pick = (random, list) => list[random.below(list.length)];
const DEEP = 20_000;

const ODD = [
  null,
  true,
  '',
  'x',
  -1,
  0,
  1,
  0.5,
  7,
  255,
  65_536,
  2 ** 31,
  2 ** 53,
  1e300,
  [],
  {},
  [[]],
  '\u0000',
  '../..',
  '__proto__',
];

/** A changed copy, as text: JSON itself cannot hold all that is done to it. */
export function mutateJson(json, random) {
  const copy = structuredClone(json);
  const places = [];
  collect(copy, places);
  if (places.length === 0) return JSON.stringify(copy);
  for (let n = 1 + random.below(3); n > 0; n--) change(pick(random, places), random);
  let text = JSON.stringify(copy);
  if (random.below(40) === 0) {
    const depth = random.below(DEEP);
    text = text.replace(
      /[[{]/,
      (open) => `${open}${open === '{' ? '"deep":' : ''}${'['.repeat(depth)}${']'.repeat(depth)},`,
    );
  }
  if (random.below(40) === 0) text = text.replace(/:\s*-?[\d.]+/, ':1e999');
  return text;
}

/** Every place that holds a value: its container and key. */
function collect(value, places) {
  if (value === null || typeof value !== 'object') return;
  for (const key of Object.keys(value)) {
    places.push([value, key]);
    collect(value[key], places);
  }
}

function change([holder, key], random) {
  const value = holder[key];
  const way = random.below(6);
  if (way === 0) delete holder[key];
  else if (way === 1 && Array.isArray(holder)) holder.splice(Number(key), 0, value);
  else if (way === 2 && typeof value === 'number') holder[key] = value + pick(random, [-1, 1, 0.5, 1e9]);
  else if (way === 3 && Array.isArray(value))
    holder[key] = [...value, ...value.slice(0, 1 + random.below(4))];
  else if (way === 4 && typeof value === 'number') holder[key] = random.below(64);
  else holder[key] = structuredClone(pick(random, ODD));
}
