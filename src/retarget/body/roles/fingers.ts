import type { BodyRole, WorldPose } from '../../../clip/index.js';
import { add, distance, dot, normalise, subtract, type Vec3, vec3At } from '../../../math/vec3.js';
import { FINGERS, type Finger, type FingerName, type Side } from '../body.js';
import type { JointName } from './joint-name.js';
import { descendants, isWithin, type Tree } from './tree.js';
import { isEndWord } from './vocabulary.js';

const FINGER_WORDS: Readonly<Record<FingerName, RegExp>> = {
  thumb: /thumb|pollex|親指/g,
  index: /index|人指|人差指/g,
  middle: /mid|中指/g,
  ring: /ring|薬指/g,
  pinky: /pinky|pinkie|little|小指/g,
};
const NUMBERED = /^(?:finger|f)(\d)/;
const INSIDE_THE_PALM = /metacarpal|inhand|palm/;
/** Hands with fewer chains say too little of which is which. */
const FEWEST = 3;
/** Joints from the knuckle to the tip of a finger; a further one marks the tip. */
const BENDING = 3;

type Hands = Record<Side, Partial<Record<FingerName, Finger>>>;
type Roles = Readonly<Partial<Record<BodyRole, number>>>;

/**
 * Fingers of both hands, by name, or by form where no name of a finger is known.
 *
 * @param rest any pose; only places within a hand are compared.
 */
export function allFingers(tree: Tree, names: readonly JointName[], roles: Roles, rest: WorldPose): Hands {
  const of = (hand: number | undefined): Partial<Record<FingerName, Finger>> => {
    if (hand === undefined) return {};
    const named = fingersByName(tree, names, hand);
    return Object.keys(named).length > 0 ? named : fingersByForm(tree, rest, hand);
  };
  return { L: of(roles.handL), R: of(roles.handR) };
}

/** A finger from its chain of joints, the one nearest to the hand first. */
export function fingerOfChain(
  names: readonly JointName[],
  finger: FingerName,
  chain: readonly number[],
): Finger {
  const inside =
    finger !== 'thumb' &&
    chain.length > 1 &&
    (INSIDE_THE_PALM.test(names[chain[0]].key) || chain.length > BENDING);
  return { metacarpal: inside ? chain[0] : undefined, joints: inside ? chain.slice(1) : chain };
}

/** Which finger a key names: the word nearest to its end, or a number (`finger3-1`; Biped counts from 0). */
function fingerWord(key: string, countsFromZero: boolean): FingerName | undefined {
  const spoken = FINGERS.map((finger) => ({
    finger,
    at: [...key.matchAll(FINGER_WORDS[finger])].at(-1)?.index ?? -1,
  })).filter(({ at }) => at >= 0);
  if (spoken.length > 0) return spoken.reduce((a, b) => (b.at > a.at ? b : a)).finger;
  const digit = NUMBERED.exec(key)?.[1];
  return digit === undefined ? undefined : FINGERS[Number(digit) - (countsFromZero ? 0 : 1)];
}

function fingersByName(
  tree: Tree,
  names: readonly JointName[],
  hand: number,
): Partial<Record<FingerName, Finger>> {
  const below = descendants(tree, hand).filter((joint) => !isEndWord(names[joint].key));
  const countsFromZero = below.some((joint) => /^finger0/.test(names[joint].key));
  const groups = new Map<FingerName, number[]>();
  for (const joint of below) {
    const finger = fingerWord(names[joint].key, countsFromZero);
    if (finger !== undefined) groups.set(finger, [...(groups.get(finger) ?? []), joint]);
  }
  const fingers: Partial<Record<FingerName, Finger>> = {};
  for (const [finger, joints] of groups) {
    const chain = joints.filter((joint, i) => i === 0 || isWithin(tree, joint, joints[i - 1]));
    const inside = finger !== 'thumb' && INSIDE_THE_PALM.test(names[chain[0]].key);
    const above = tree.parents[chain[0]];
    // MakeHuman numbers its metacarpals apart from its fingers: `metacarpal1.L` carries `finger2-1.L`.
    const carried = finger !== 'thumb' && above !== hand && INSIDE_THE_PALM.test(names[above].key);
    const bending = withoutTip(tree, inside ? chain.slice(1) : chain);
    const metacarpal = inside ? chain[0] : carried ? above : undefined;
    if (bending.length > 0) fingers[finger] = { metacarpal, joints: bending };
  }
  return fingers;
}

const withoutTip = (tree: Tree, chain: readonly number[]): readonly number[] =>
  chain.length > BENDING && tree.children[chain.at(-1) as number].length === 0 ? chain.slice(0, -1) : chain;

/**
 * Fingers of a hand from which three to five chains part: the thumb reaches least far ahead, the others follow in
 * order from the side on which it lies. Those of a hand with fewer are the first ones of that order.
 */
function fingersByForm(tree: Tree, pose: WorldPose, hand: number): Partial<Record<FingerName, Finger>> {
  const place = (joint: number) => vec3At(pose.positions, joint);
  const chains = tree.children[hand].map((first) => {
    const chain = [first];
    while (tree.children[chain.at(-1) as number].length > 0)
      chain.push(tree.children[chain.at(-1) as number][0]);
    return chain;
  });
  const fingers = chains.filter((chain) => chain.length >= 2);
  if (fingers.length < FEWEST || fingers.length > FINGERS.length) return {};
  const tips = fingers.map((chain) => subtract(place(chain.at(-1) as number), place(hand)));
  const ahead = normalise(tips.reduce((sum, tip) => add(sum, tip)));
  const reaches = tips.map((tip) => dot(tip, ahead));
  const thumb = fingers[reaches.indexOf(Math.min(...reaches))];
  const rest = fingers.filter((chain) => chain !== thumb);
  const knuckle = (chain: readonly number[]) => place(chain[1]);
  const [one, other] = farthestPair(rest.map(knuckle));
  const row = subtract(other, one);
  // The thumb's second joint, because its root may lie under the middle of the palm.
  const lies = dot(knuckle(thumb), row) - dot(add(one, other), row) / 2;
  const towardsThumb = lies > 0 ? -1 : 1;
  const others = rest.sort((a, b) => towardsThumb * (dot(knuckle(a), row) - dot(knuckle(b), row)));
  const found: Partial<Record<FingerName, Finger>> = {
    thumb: { metacarpal: undefined, joints: withoutTip(tree, thumb) },
  };
  others.forEach((chain, i) => {
    const long = chain.length > BENDING && others.every((other) => other.length === chain.length);
    const first = distance(place(chain[0]), place(chain[1]));
    const second = distance(place(chain[1]), place(chain[2] ?? chain[1]));
    // In the palm: four joints of which the first bone is the longest. A knuckle lies further out.
    const inside = long && first > second && distance(place(hand), place(chain[0])) < first;
    found[FINGERS[i + 1]] = {
      metacarpal: inside ? chain[0] : undefined,
      joints: withoutTip(tree, inside ? chain.slice(1) : chain),
    };
  });
  return found;
}

/** The two places that lie farthest from each other. */
function farthestPair(places: readonly Vec3[]): readonly [Vec3, Vec3] {
  let pair: readonly [Vec3, Vec3] = [places[0], places[0]];
  for (const a of places) for (const b of places) if (distance(a, b) > distance(...pair)) pair = [a, b];
  return pair;
}
