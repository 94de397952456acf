import type { Warning } from '../../errors.js';
import type { Quality } from './quality.js';

/** What a good retarget stays under; where one body is much smaller, with limbs as short, more is allowed. */
const BARS = { arm: 2, leg: 5, chain: 5, slide: 5, slideMore: 1, floor: 3, root: 5, jerk: 1.75 };
const SMALL_BARS = { arm: 2, leg: 12, chain: 8, slide: 20, slideMore: 1, floor: 6, root: 10, jerk: 4 };
const SMALL = 0.5;

/** A warning for every measure that lies over its bar; `legRatio` is target / source. */
export function qualityWarnings(q: Quality, legRatio: number): Warning[] {
  const bars = Math.min(legRatio, 1 / legRatio) < SMALL ? SMALL_BARS : BARS;
  const slideBar = Math.max(bars.slide, (q.slideSourceCmPerSecond ?? 0) + bars.slideMore);
  const rows: readonly [string, string, number | undefined, number, string][] = [
    ['arms', 'the arms point away from the source’s by', q.armDegrees, bars.arm, 'degrees'],
    ['legs', 'the legs point away from the source’s by', q.legDegrees, bars.leg, 'degrees'],
    [
      'reach',
      'hands and feet are off by',
      q.chainPercent,
      Math.max(bars.chain, (q.chainLeastPercent ?? 0) + 1),
      '% of their limbs',
    ],
    ['slide', 'standing feet slide at', q.slideCmPerSecond, slideBar, 'cm/s'],
    ['floor', 'standing soles rise and sink by', q.floorCm, bars.floor, 'cm'],
    ['root', 'the hips leave their way by', q.rootCm, bars.root, 'cm'],
    ['jerk', 'the motion shakes more than the source, by a factor of', q.jerkRatio, bars.jerk, ''],
  ];
  return rows.flatMap(([name, what, value, bar, unit]) =>
    value !== undefined && value > bar
      ? [
          {
            code: `retarget/over-bar-${name}`,
            message:
              `On average ${what} ${value.toFixed(1)} ${unit}`.trimEnd() +
              `; ${bar.toFixed(1)} or less is good.`,
          },
        ]
      : [],
  );
}
