import type { Vec3 } from '../../../math/vec3.js';
import type { Lengths } from './lengths.js';
import { pathTo, type Tree } from './tree.js';

/** A foot lies at most this share of the calf's depth to the side of the knee. */
const BESIDE = 0.6;

/**
 * The foot of a leg that ends at the calf: a joint of the floor, below the knee, as on rigs whose feet are aims.
 *
 * @param carrier the joint that the legs hang on.
 */
export function footApart(
  tree: Tree,
  place: (joint: number) => Vec3,
  carrier: number,
  { thigh, calf }: { readonly thigh?: number; readonly calf?: number },
): number | undefined {
  if (thigh === undefined || calf === undefined) return undefined;
  const [hip, knee] = [place(thigh), place(calf)];
  const carried = new Set(pathTo(tree, carrier));
  const sideOf = (joint: number): number => Math.hypot(place(joint)[0] - knee[0], place(joint)[2] - knee[2]);
  const below = [...carried]
    .filter((joint) => joint !== carrier)
    .flatMap((joint) => tree.children[joint])
    .filter((joint) => {
      if (carried.has(joint)) return false;
      const depth = knee[1] - place(joint)[1];
      return depth > 0.5 * (hip[1] - knee[1]) && sideOf(joint) < BESIDE * depth;
    });
  return below.length === 0 ? undefined : below.reduce((a, b) => (sideOf(b) < sideOf(a) ? b : a));
}

/** Of hands that lie at one place below one forearm, one for each finger, the one that carries most, the first of equals. */
export function palmOf(tree: Tree, { own }: Lengths, hand: number, near: number): number {
  const parent = tree.parents[hand];
  if (parent < 0) return hand;
  return tree.children[parent]
    .filter((joint) => Math.abs(own[joint] - own[hand]) < near)
    .reduce((a, b) => (tree.children[b].length > tree.children[a].length ? b : a));
}
