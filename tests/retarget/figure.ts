import type { Skeleton } from '../../src/clip/index.js';

/** Joint name, parent's name (empty for a root), world place in metres. */
export type Row = readonly [name: string, parent: string, x: number, y: number, z: number];

/** A skeleton from world places, all joints unturned; parents come first. */
export function skeletonOf(rows: readonly Row[]): Skeleton {
  const indices = new Map(rows.map(([name], j) => [name, j]));
  return {
    joints: rows.map(([name, parentName, x, y, z]) => {
      const parent = parentName === '' ? -1 : (indices.get(parentName) as number);
      const [, , px, py, pz] = rows[parent] ?? ['', '', 0, 0, 0];
      return {
        name,
        sourceName: name,
        parent,
        restTranslation: [x - px, y - py, z - pz] as const,
        restRotation: [0, 0, 0, 1] as const,
        restScale: [1, 1, 1] as const,
      };
    }),
  };
}

/** Both sides of rows whose names and parents say where the side goes by `?`: first L at +x, then R at −x. */
export const bothSides = (
  rows: readonly Row[],
  spell: (name: string, side: 'L' | 'R') => string = (name, side) => name.replace('?', side),
): Row[] =>
  (['L', 'R'] as const).flatMap((side) =>
    rows.map(
      ([name, parent, x, y, z]): Row => [spell(name, side), spell(parent, side), side === 'L' ? x : -x, y, z],
    ),
  );

/** Names of the parts of a figure in one family's spelling; `?` stands for the side. */
export interface Spelling {
  readonly pelvis: string;
  readonly spine: readonly string[];
  readonly neck: string;
  readonly head: string;
  readonly arm: readonly [clavicle: string, upperArm: string, forearm: string, hand: string];
  readonly leg: readonly [thigh: string, calf: string, foot: string, toe: string];
}

/** A grown-up in T-pose who faces +Z, left at +X. */
export function figureRows(spelling: Spelling, sideOf?: (name: string, side: 'L' | 'R') => string): Row[] {
  const { pelvis, spine, neck, head, arm, leg } = spelling;
  const trunk: Row[] = [[pelvis, '', 0, 0.96, 0]];
  spine.forEach((name, i) => {
    trunk.push([name, spine[i - 1] ?? pelvis, 0, 1.02 + (0.4 * i) / spine.length, 0]);
  });
  const chest = spine.at(-1) ?? pelvis;
  trunk.push([neck, chest, 0, 1.5, 0], [head, neck, 0, 1.6, 0.02]);
  const limbs: Row[] = [
    [arm[0], chest, 0.03, 1.45, 0],
    [arm[1], arm[0], 0.18, 1.45, 0],
    [arm[2], arm[1], 0.46, 1.45, -0.01],
    [arm[3], arm[2], 0.72, 1.45, 0],
    [leg[0], pelvis, 0.1, 0.92, 0],
    [leg[1], leg[0], 0.1, 0.5, 0.01],
    [leg[2], leg[1], 0.1, 0.08, 0],
    [leg[3], leg[2], 0.1, 0.01, 0.13],
  ];
  return [...trunk, ...bothSides(limbs, sideOf)];
}

export const MIXAMO: Spelling = {
  pelvis: 'Hips',
  spine: ['Spine', 'Spine1', 'Spine2'],
  neck: 'Neck',
  head: 'Head',
  arm: ['?Shoulder', '?Arm', '?ForeArm', '?Hand'],
  leg: ['?UpLeg', '?Leg', '?Foot', '?ToeBase'],
};

export const inWords = (name: string, side: 'L' | 'R'): string =>
  name.replace('?', side === 'L' ? 'Left' : 'Right');
