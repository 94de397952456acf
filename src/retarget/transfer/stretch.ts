import type { BodyRole } from '../../clip/index.js';
import { rotateRow } from '../../math/quat-rows.js';
import type { Body } from '../body/body.js';
import { SIDES } from '../body/body.js';
import type { WorldTrack } from '../body/world-track.js';
import type { Figure } from '../calibrate/figure.js';
import type { TransferPlan } from './transfer-plan.js';

/** Chains whose joints may move away from each other as the source's do. */
export const STRETCH_CHAINS = ['spine', 'neck', 'arms', 'fingers', 'legs'] as const;
export type StretchChain = (typeof STRETCH_CHAINS)[number];

/**
 * How far joints of the target are moved out of their rest place to their parent, world, metres, [frames, 3] by
 * joint: as far as the source's joints leave theirs, `ratio` times.
 *
 * Joints keep their distances by default; cartoons and faces of stretchy rigs do not. A joint that takes its turn
 * from two joints of the source goes with the nearer one.
 */
export function stretches(
  chains: readonly StretchChain[],
  plan: TransferPlan,
  source: Figure,
  track: WorldTrack,
  target: Figure,
  ratio: number,
): Map<number, Float64Array> {
  const out = new Map<number, Float64Array>();
  const taken = new Set<number>();
  for (const joint of chains.flatMap((chain) => jointsOf(chain, target.body))) {
    const from = plan.share[joint] < 0.5 ? plan.from[joint] : plan.towards[joint];
    if (from < 0 || taken.has(from)) continue;
    taken.add(from);
    out.set(joint, leaving(source, track, from, ratio));
  }
  return out;
}

function jointsOf(chain: StretchChain, { roles, spine, neck, fingers }: Body): number[] {
  const of = (names: readonly BodyRole[]): number[] => names.flatMap((name) => roles[name] ?? []);
  switch (chain) {
    case 'spine':
      return [...spine];
    case 'neck':
      return [...neck, ...of(['head'])];
    case 'arms':
      return SIDES.flatMap((side) =>
        of([`clavicle${side}`, `upperArm${side}`, `forearm${side}`, `hand${side}`]),
      );
    case 'legs':
      return SIDES.flatMap((side) => of([`thigh${side}`, `calf${side}`, `foot${side}`, `toe${side}`]));
    case 'fingers':
      return SIDES.flatMap((side) =>
        Object.values(fingers[side]).flatMap(({ metacarpal, joints }) =>
          metacarpal === undefined ? joints : [metacarpal, ...joints],
        ),
      );
  }
}

/** What a joint's place to its parent is more than at rest, world, times `ratio`, [frames, 3]. */
function leaving({ skeleton }: Figure, track: WorldTrack, joint: number, ratio: number): Float64Array {
  const { parent, restTranslation } = skeleton.joints[joint];
  const out = new Float64Array(3 * track.frameCount);
  if (parent < 0) return out;
  const rest = Float64Array.from(restTranslation);
  for (let f = 0; f < track.frameCount; f++) {
    const row = f * track.jointCount;
    rotateRow(track.rotations, 4 * (row + parent), rest, 0, out, 3 * f);
    for (let k = 0; k < 3; k++) {
      const way = track.positions[3 * (row + joint) + k] - track.positions[3 * (row + parent) + k];
      out[3 * f + k] = ratio * (way - out[3 * f + k]);
    }
  }
  return out;
}
