import type { Random } from '#math/random.js';
import type { FootMotion } from './feet.js';
import { type Figure, SIDES, type Side } from './figure.js';
import { runPart } from './gait.js';
import { drift, type Path } from './path.js';
import { clamp01, GRID_HZ, makeSeries, mixNumber, type Series, smooth } from './series.js';
import type { Step } from './steps.js';
import type { Style } from './style.js';

/** What the feet and the path say about the rest of the body, on the path's clock. */
export interface Rhythm {
  /** 0 standing, 1 on the move. */
  readonly activity: Series;
  /** 0 walking, 1 running. */
  readonly run: Series;
  /** Part of the weight on the left foot. */
  readonly weight: Series;
  /** How far the left foot is before the right one, as a part of the leg. */
  readonly split: Series;
  /** From the path to the left, metres: the middle between the feet, and the point that bears the weight. */
  readonly middle: Series;
  readonly support: Series;
  /** In a run 1 in mid-flight and −1 in mid-stance. */
  readonly wave: Series;
  /** Breathed in above 0, out below it. */
  readonly breath: Series;
}

/** Distance to the left foot's share of the weight: standing, it drifts; else it follows the contacts. */
function shareWeight(feet: Readonly<Record<Side, FootMotion>>, activity: Series, random: Random): Series {
  const shift = drift(random, 0.11);
  const left = feet.L.contact.map((l, i) => {
    const both = l + feet.R.contact[i];
    if (both === 1) return l;
    return both === 0 ? 0.5 : 0.5 + 0.3 * (1 - activity[i]) * Math.tanh(1.6 * shift(i / GRID_HZ));
  });
  return smooth(left, 0.1);
}

function bounceWave(steps: readonly Step[], count: number): Series {
  const middles = steps.map((step, s) => {
    const lift = steps.slice(s + 1).find((other) => other.side === step.side)?.lift ?? step.land + 0.3;
    return (step.land + lift) / 2;
  });
  let s = 0;
  const phase = makeSeries(count, (time) => {
    while (s < middles.length && middles[s] <= time) s++;
    if (s === 0 || s === middles.length) return s;
    return s + (time - middles[s - 1]) / Math.max(middles[s] - middles[s - 1], 0.05);
  });
  return smooth(phase, 0.04).map((p) => -Math.cos(2 * Math.PI * p));
}

/** Reads the rhythm out of planned feet. */
export function readRhythm(
  figure: Figure,
  style: Style,
  path: Path,
  feet: Readonly<Record<Side, FootMotion>>,
  steps: readonly Step[],
  random: Random,
): Rhythm {
  const count = path.x.length;
  const speed = makeSeries(count, (_, i) => Math.hypot(path.forward[i], path.left[i]));
  const activity = smooth(
    speed.map((v, i) => clamp01(v / 0.9 + Math.abs(path.turn[i]) / 2)),
    0.15,
  );
  const [left, right] = SIDES.map((side) => {
    const { poses } = feet[side];
    const offset = (i: number): [number, number] => [
      poses[i].ankle[0] - path.x[i],
      poses[i].ankle[2] - path.z[i],
    ];
    return {
      ahead: makeSeries(count, (_, i) => {
        const [dx, dz] = offset(i);
        return dx * Math.sin(path.yaw[i]) + dz * Math.cos(path.yaw[i]);
      }),
      aside: makeSeries(count, (_, i) => {
        const [dx, dz] = offset(i);
        return dx * Math.cos(path.yaw[i]) - dz * Math.sin(path.yaw[i]);
      }),
    };
  });
  const weight = shareWeight(feet, activity, random);
  const breathStart = 2 * Math.PI * random.uniform();
  return {
    activity,
    run: smooth(
      speed.map((v) => runPart(v, figure.legLength)),
      0.2,
    ),
    weight,
    split: smooth(
      left.ahead.map((ahead, i) => (ahead - right.ahead[i]) / figure.legLength),
      0.03,
    ),
    middle: smooth(
      left.aside.map((aside, i) => (aside + right.aside[i]) / 2),
      0.06,
    ),
    support: smooth(
      left.aside.map((aside, i) => mixNumber(right.aside[i], aside, weight[i])),
      0.06,
    ),
    wave: bounceWave(steps, count),
    breath: makeSeries(
      count,
      (time) => style.breathDepth * Math.sin(2 * Math.PI * style.breathHz * time + breathStart),
    ),
  };
}
