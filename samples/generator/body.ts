import { fromAxisAngle, multiply, type Quat, rotate } from '#math/quat.js';
import type { Random } from '#math/random.js';
import type { Vec3 } from '#math/vec3.js';
import type { FootMotion } from './feet.js';
import { type Figure, SIDES, type Side } from './figure.js';
import type { Jump } from './jump.js';
import { drift, type Path } from './path.js';
import type { Rhythm } from './rhythm.js';
import { clamp01, GRID_HZ, mixNumber, type Series, smooth } from './series.js';
import type { Style } from './style.js';

/** How the body moves over its feet, on the path's clock. */
export interface Body {
  readonly pelvis: readonly Vec3[];
  readonly pelvisTurn: readonly Quat[];
  readonly chestTurn: readonly Quat[];
  readonly headTurn: readonly Quat[];
  /** How far each upper arm swings forwards, radians. */
  readonly armSwing: Readonly<Record<Side, Series>>;
}

const GRAVITY = 9.81;

/** The hip comes no further from the ankle than these parts of the leg, standing and on the move. */
const REACH_STANDING = 0.997;
const REACH_MOVING = 0.991;
const REACH_LIMIT = 0.9975;

/** The head looks where the path goes in so many seconds. */
const LOOK_AHEAD_SECONDS = 0.3;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Yaw to the left, then forwards by `pitch`, then to the right by `roll`. */
const turnOf = (yaw: number, pitch: number, roll: number): Quat =>
  multiply(
    fromAxisAngle([0, 1, 0], yaw),
    multiply(fromAxisAngle([1, 0, 0], pitch), fromAxisAngle([0, 0, 1], roll)),
  );

/** Least of several numbers, rounded off where two of them are within a few `soft` of each other. */
function softLeast(values: readonly number[], soft: number): number {
  const least = Math.min(...values);
  return least - soft * Math.log(values.reduce((sum, value) => sum + Math.exp((least - value) / soft), 0));
}

/** What leans the body: radians to the left into turns, radians forwards, and the bend of a crouch. */
interface Lean {
  readonly intoTurn: Series;
  readonly forward: Series;
  readonly crouch: Series;
}

function leanOf(
  style: Style,
  path: Path,
  { activity, run }: Rhythm,
  lift: Series | undefined,
  legLength: number,
): Lean {
  const forward = path.acceleration.map(
    (acceleration, i) =>
      radians(style.leanDeg) * (0.35 + 0.65 * activity[i]) +
      radians(7) * run[i] +
      0.55 * Math.atan(acceleration / GRAVITY),
  );
  const intoTurn = path.forward.map((v, i) => 0.7 * Math.atan((v * path.turn[i]) / GRAVITY));
  const crouch = path.x.map((_, i) => (lift ? radians(150) * clamp01(-lift[i] / legLength) : 0));
  return { forward: smooth(forward, 0.05), intoTurn: smooth(intoTurn, 0.12), crouch: smooth(crouch, 0.05) };
}

/** Where the pelvis is over the ground: on the path, a little over the foot that bears the weight. */
function groundPlace(
  style: Style,
  path: Path,
  rhythm: Rhythm,
  lean: Lean,
  legLength: number,
): [Series, Series] {
  const { activity, run, middle, support } = rhythm;
  const aside = middle.map((m, i) => {
    const follow = style.sway * mixNumber(mixNumber(0.55, 0.42, activity[i]), 0.2, run[i]);
    return follow * (support[i] - m) + (1 - activity[i]) * m + 0.25 * legLength * Math.tan(lean.intoTurn[i]);
  });
  const back = lean.crouch.map((bend) => 0.2 * legLength * Math.sin(bend));
  return [
    path.x.map((x, i) => x + aside[i] * Math.cos(path.yaw[i]) - back[i] * Math.sin(path.yaw[i])),
    path.z.map((z, i) => z - aside[i] * Math.sin(path.yaw[i]) - back[i] * Math.cos(path.yaw[i])),
  ];
}

/** How high each hip may be over its ankle: the pelvis's height at which the leg is `reach[i]` long. */
function ceilings(
  [x, z]: readonly [Series, Series],
  figure: Figure,
  feet: Readonly<Record<Side, FootMotion>>,
  pelvisTurn: readonly Quat[],
  reach: Series,
): readonly Series[] {
  const leg = figure.legLength;
  return SIDES.map((side) =>
    x.map((_, i) => {
      const hip = rotate(pelvisTurn[i], figure.legs[side].hipOffset);
      const [ax, ay, az] = feet[side].poses[i].ankle;
      const across = Math.hypot(ax - x[i] - hip[0], az - z[i] - hip[2]);
      const up = Math.sqrt(Math.max(reach[i] ** 2 - across * across, 0.2 * leg * leg));
      return ay + up - hip[1] + 0.6 * leg * feet[side].air[i];
    }),
  );
}

/** Lowers a series where it is over a limit, smoothly; `early` seconds before it and as long after it. */
function keepUnder(series: Series, limit: Series, sigma: number, early: number): Series {
  const reach = Math.ceil(early * GRID_HZ);
  const over = series.map((value, i) => Math.max(value - limit[i], 0));
  const widened = over.map((_, i) => {
    let most = 0;
    for (let k = Math.max(i - reach, 0); k <= Math.min(i + reach, over.length - 1); k++)
      most = Math.max(most, over[k]);
    return most;
  });
  const lowered = smooth(widened, sigma);
  return series.map((value, i) => value - lowered[i]);
}

/** As high as both legs let the pelvis be, and no higher than a standing or running body carries it. */
function heightOver(
  place: readonly [Series, Series],
  figure: Figure,
  style: Style,
  feet: Readonly<Record<Side, FootMotion>>,
  { activity, run, wave }: Rhythm,
  pelvisTurn: readonly Quat[],
  lift: Series | undefined,
): Series {
  const leg = figure.legLength;
  const easy = run.map(
    (running, i) =>
      leg * (mixNumber(REACH_STANDING, REACH_MOVING, activity[i]) - style.crouch - 0.03 * running),
  );
  const [left, right] = ceilings(place, figure, feet, pelvisTurn, easy);
  const standing = figure.legs.L.ankleHeight - figure.legs.L.hipOffset[1] + leg;
  const carried = run.map(
    (running, i) => standing + running * leg * (0.032 * style.bounce * wave[i] - 0.055),
  );
  const under = left.map((l, i) => softLeast([l, right[i], standing], 0.004 * leg));
  const wanted = keepUnder(carried, under, 0.06, 0.05).map((h, i) => h + (lift ? lift[i] : 0));
  const [most, other] = ceilings(
    place,
    figure,
    feet,
    pelvisTurn,
    run.map(() => REACH_LIMIT * leg),
  );
  return keepUnder(
    wanted,
    most.map((value, i) => Math.min(value, other[i])),
    0.03,
    0.09,
  );
}

/**
 * Carries pelvis, chest, head and arms over given feet.
 *
 * The pelvis hangs as high as both legs let it (so it rises over the standing leg and sinks between steps),
 * goes over the foot that bears the weight and turns with the leg in front; the chest turns the other way,
 * arms swing against the legs, and the head looks where the path goes.
 */
export function moveBody(
  figure: Figure,
  style: Style,
  path: Path,
  feet: Readonly<Record<Side, FootMotion>>,
  rhythm: Rhythm,
  jump: Jump | undefined,
  random: Random,
): Body {
  const count = path.x.length;
  const { activity, run, split, weight, breath } = rhythm;
  const lift = jump?.lift(count);
  const lean = leanOf(style, path, rhythm, lift, figure.legLength);
  const [nodding, turning, looking, tilting] = [0.07, 0.09, 0.05, 0.08].map((hz) => drift(random, hz));
  const drop = smooth(
    weight.map((w, i) => (2 * w - 1) * radians(mixNumber(1.2, 3.4, activity[i])) * style.sway),
    0.04,
  );
  const lookAhead = Math.round(LOOK_AHEAD_SECONDS * GRID_HZ);
  const glance = smooth(
    path.yaw.map((_, i) => path.yaw[Math.min(i + lookAhead, count - 1)]),
    0.12,
  );

  const pelvisTurn: Quat[] = [];
  const chestTurn: Quat[] = [];
  const headTurn: Quat[] = [];
  for (let i = 0; i < count; i++) {
    const time = i / GRID_HZ;
    const still = 1 - activity[i];
    const twist = radians(9) * split[i];
    const forward = lean.forward[i];
    const bend = lean.crouch[i];
    pelvisTurn.push(
      turnOf(
        path.yaw[i] - style.hipTwist * twist,
        0.45 * forward + 0.6 * bend,
        drop[i] - 0.6 * lean.intoTurn[i],
      ),
    );
    chestTurn.push(
      turnOf(
        path.yaw[i] + 0.9 * style.chestTwist * twist + radians(1.5) * still * turning(time),
        forward + bend + radians(0.5) * nodding(time) - radians(0.9) * breath[i] + radians(1.2) * run[i],
        -0.35 * drop[i] - lean.intoTurn[i],
      ),
    );
    headTurn.push(
      turnOf(
        glance[i] + radians(9) * still * looking(time),
        radians(style.headDropDeg) + 0.25 * forward + 0.3 * bend + radians(2) * tilting(time),
        -0.35 * lean.intoTurn[i],
      ),
    );
  }

  const place = groundPlace(style, path, rhythm, lean, figure.legLength);
  const height = heightOver(place, figure, style, feet, rhythm, pelvisTurn, lift);
  const swing = smooth(
    split.map((value, i) => value * style.armSwing * mixNumber(0.5, 0.62, run[i])),
    0.04,
  );
  const both = jump?.armSwing(count);
  return {
    pelvis: Array.from(height, (h, i): Vec3 => [place[0][i], h, place[1][i]]),
    pelvisTurn,
    chestTurn,
    headTurn,
    armSwing: {
      L: swing.map((value, i) => (both ? both[i] : 0) - value),
      R: swing.map((value, i) => (both ? both[i] : 0) + value),
    },
  };
}
