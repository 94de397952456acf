import { layoutOf } from '../features/layout.js';
import { type FeatureSchema, parseFeatureSchema } from '../features/schema.js';

type Key = string | number;
type Place = readonly Key[];
type Node = Readonly<Record<Key, unknown>>;

/** Weights of a schema that are fitted as one: that of a sample, a joint or a channel, and of its mirror image. */
export interface WeightGroup {
  readonly name: string;
  /** Where its weights stand in the schema: keys from the top. */
  readonly places: readonly Place[];
  /** The numbers of a row that it weighs. */
  readonly numbers: readonly number[];
}

/** Changes by this show which numbers hang on a weight. */
const PROBE = 4;

/**
 * The weights of a schema that may be fitted: the innermost ones, left and right of a joint together.
 *
 * Weights of 0 stay as they are and weigh nothing: what is switched off is not fitted.
 */
export function weightGroups(schema: FeatureSchema): WeightGroup[] {
  const grouped = new Map<string, Place[]>();
  for (const place of innermost(schema, [])) {
    const key = sidelessKey(schema, place);
    grouped.set(key, [...(grouped.get(key) ?? []), place]);
  }
  // Weights that are made to sum up to 1 would all change with one of them.
  const plain: FeatureSchema = { ...schema, preprocess: 'deviation' };
  const before = layoutOf(plain).weights;
  return [...grouped.values()].flatMap((places) => {
    const after = layoutOf(scaledAt(plain, places, PROBE)).weights;
    const numbers = [...before.keys()].filter((k) => before[k] !== after[k]);
    return numbers.length > 0 ? [{ name: nameOf(schema, places), places, numbers }] : [];
  });
}

/**
 * The schema with the squared difference of group g counting `factors[g]` times what it did.
 *
 * Weights are kept to three digits.
 */
export function weighted(
  schema: FeatureSchema,
  groups: readonly WeightGroup[],
  factors: ArrayLike<number>,
): FeatureSchema {
  return groups.reduce(
    (changed, { places }, g) =>
      scaledAt(changed, places, schema.weighting === 'costs' ? factors[g] : Math.sqrt(factors[g])),
    schema,
  );
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Places of the objects that have a weight and hold none that has. */
function innermost(node: unknown, place: Place): Place[] {
  if (!isNode(node)) return [];
  const inside = Object.keys(node).flatMap((key) => innermost(node[key], [...place, key]));
  return inside.length > 0 || typeof node.weight !== 'number' ? inside : [place];
}

const at = (schema: FeatureSchema, place: Place): Node =>
  place.reduce<Node>((node, key) => node[key] as Node, schema as unknown as Node);

/** Equal for a weight's object and its mirror image: all but weights and sides, and the place of a list around it. */
function sidelessKey(schema: FeatureSchema, place: Place): string {
  // Channels mirror channels; samples and joints mirror those of their own channel.
  const around = place.slice(0, -1);
  return JSON.stringify([around, at(schema, place)], (key, value: unknown) => {
    if (key === 'weight') return undefined;
    return /role|joint/i.test(key) && typeof value === 'string' ? sideless(value) : value;
  });
}

/** A role or a joint's own name without its side: `footL`, `foot_l`, `LeftFoot`. */
const sideless = (name: string): string =>
  name.replace(/[LR]$|(?<=[_.\- ])[lr]$|(?<![a-z])(left|right)|(Left|Right)/g, '*');

function scaledAt(schema: FeatureSchema, places: readonly Place[], factor: number): FeatureSchema {
  const copy = structuredClone(schema);
  for (const place of places) {
    const node = at(copy, place) as { weight: number };
    node.weight = Number((node.weight * factor).toPrecision(3));
  }
  return parseFeatureSchema(copy, `The schema "${schema.name}" with other weights`);
}

const QUANTITIES = ['position', 'velocity', 'velocityDirection', 'rotation', 'facing', 'phase'];

/** Such as `trajectory at 0.7 s: position, facing` or `pose: footL, footR`. */
function nameOf(schema: FeatureSchema, places: readonly Place[]): string {
  const leaves = places.map((place) => at(schema, place));
  const [leaf] = leaves;
  const [channel] = [4, 2].map((depth) => at(schema, places[0].slice(0, depth))).filter(({ type }) => type);
  const subjects = leaves.flatMap(({ role, joint }) => [role ?? joint].filter((name) => name !== undefined));
  const flags = QUANTITIES.filter((key) => leaf[key] === true || leaf[key] === 'all');
  const time =
    typeof leaf.time === 'number' && leaf.time !== 0 ? ` at ${Number(leaf.time.toFixed(3))} s` : '';
  const now = leaf.time === 0 && 'samples' in channel ? ' now' : '';
  const what = [...subjects, ...flags];
  return `${String(channel.type)}${time}${now}${what.length > 0 ? `: ${what.join(', ')}` : ''}`;
}
