import type { Random } from '#math/random.js';

/** How a figure carries itself. Factors are 1 for the plain walker; angles are in degrees. */
export interface Style {
  readonly name: string;
  /** Step length at a given speed. */
  readonly stride: number;
  /** Distance between the feet's tracks. */
  readonly width: number;
  /** How far the pelvis goes over the standing foot. */
  readonly sway: number;
  readonly hipTwist: number;
  readonly chestTwist: number;
  readonly bounce: number;
  readonly armSwing: number;
  readonly armSpreadDeg: number;
  readonly elbowDeg: number;
  readonly leanDeg: number;
  /** Part of the leg by which the pelvis stays lower than it could. */
  readonly crouch: number;
  readonly toeOutDeg: number;
  readonly headDropDeg: number;
  readonly breathHz: number;
  readonly breathDepth: number;
}

export const STYLES = {
  neutral: {
    name: 'neutral',
    stride: 1,
    width: 1,
    sway: 1,
    hipTwist: 1,
    chestTwist: 1,
    bounce: 1,
    armSwing: 1,
    armSpreadDeg: 9,
    elbowDeg: 16,
    leanDeg: 2,
    crouch: 0.004,
    toeOutDeg: 7,
    headDropDeg: 2,
    breathHz: 0.25,
    breathDepth: 1,
  },
  brisk: {
    name: 'brisk',
    stride: 0.94,
    width: 0.85,
    sway: 0.8,
    hipTwist: 1.15,
    chestTwist: 1.25,
    bounce: 1.2,
    armSwing: 1.35,
    armSpreadDeg: 11,
    elbowDeg: 32,
    leanDeg: 3.5,
    crouch: 0.003,
    toeOutDeg: 5,
    headDropDeg: -1,
    breathHz: 0.32,
    breathDepth: 1.1,
  },
  weary: {
    name: 'weary',
    stride: 0.9,
    width: 1.2,
    sway: 1.4,
    hipTwist: 0.75,
    chestTwist: 0.7,
    bounce: 0.85,
    armSwing: 0.6,
    armSpreadDeg: 7,
    elbowDeg: 9,
    leanDeg: 7,
    crouch: 0.016,
    toeOutDeg: 11,
    headDropDeg: 14,
    breathHz: 0.36,
    breathDepth: 1.9,
  },
} as const satisfies Record<string, Style>;

export type StyleName = keyof typeof STYLES;

/** A style as one walker has it on one day: every habit up to 8 % more or less. */
export function personalStyle(style: Style, random: Random): Style {
  const vary = (value: number): number => value * (1 + 0.16 * (random.uniform() - 0.5));
  return {
    name: style.name,
    stride: style.stride * (1 + 0.06 * (random.uniform() - 0.5)),
    width: vary(style.width),
    sway: vary(style.sway),
    hipTwist: vary(style.hipTwist),
    chestTwist: vary(style.chestTwist),
    bounce: vary(style.bounce),
    armSwing: vary(style.armSwing),
    armSpreadDeg: vary(style.armSpreadDeg),
    elbowDeg: vary(style.elbowDeg),
    leanDeg: vary(style.leanDeg),
    crouch: vary(style.crouch),
    toeOutDeg: vary(style.toeOutDeg),
    headDropDeg: vary(style.headDropDeg),
    breathHz: vary(style.breathHz),
    breathDepth: vary(style.breathDepth),
  };
}
