import type { CallTakes } from '../../bridge/index.js';
import type { BodyRole, Skeleton } from '../../clip/index.js';
import { type Body, type ChainName, chainOf } from '../../retarget/index.js';

export type IkChain = CallTakes<'write_ik_rig'>['chains'][number];

const SIDES = [
  ['L', 'Left'],
  ['R', 'Right'],
] as const;
const FINGERS = ['Thumb', 'Index', 'Middle', 'Ring', 'Pinky'] as const;

/**
 * The retarget chains of a body under the names that Unreal's own rigs have, so that chains of two rigs meet by name: Spine,
 * Neck, Head, and for each side Clavicle, Arm, Leg and fingers. Parts that the body lacks have no chain.
 */
export function chainsOfBody(body: Body, { joints }: Skeleton): IkChain[] {
  const chains: IkChain[] = [];
  const add = (name: string, ends: readonly (number | undefined)[]): void => {
    const there = ends.filter((joint) => joint !== undefined);
    if (there.length === 0) return;
    const [start, end] = [joints[there[0]], joints[there[there.length - 1]]];
    chains.push({ name, start: start.sourceName, end: end.sourceName, goal: '' });
  };
  const roles = (...names: BodyRole[]): (number | undefined)[] => names.map((name) => body.roles[name]);
  add('Spine', body.spine);
  add('Neck', body.neck);
  add('Head', roles('head'));
  for (const [s, side] of SIDES) {
    add(`${side}Clavicle`, roles(`clavicle${s}`));
    add(`${side}Arm`, roles(`upperArm${s}`, `forearm${s}`, `hand${s}`));
    for (const finger of FINGERS)
      add(`${side}${finger}`, chainOf(body, `${finger.toLowerCase()}${s}` as ChainName));
    add(`${side}Leg`, roles(`thigh${s}`, `calf${s}`, `foot${s}`, `toe${s}`));
  }
  return chains;
}
