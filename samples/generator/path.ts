import type { Random } from '#math/random.js';
import { REFERENCE_LEG } from './gait.js';
import type { PaceKey, Script } from './script.js';
import { GRID_HZ, makeSeries, rateOfChange, type Series, smooth } from './series.js';

/** Planned before the clip's first frame and after its last one, so that a clip may begin and end on the move. */
export const LEAD_SECONDS = 2.5;
export const TAIL_SECONDS = 2;

/**
 * Where the body is meant to be on the ground, from LEAD_SECONDS before the clip to TAIL_SECONDS after it.
 *
 * At the clip's first frame it stands at the origin and faces +Z.
 */
export interface Path {
  /** Metres. */
  readonly x: Series;
  readonly z: Series;
  /** Radians to the left; not wrapped. */
  readonly yaw: Series;
  /** Metres per second in the body's own directions. */
  readonly forward: Series;
  readonly left: Series;
  /** Radians per second to the left. */
  readonly turn: Series;
  /** Metres per second squared, forwards. */
  readonly acceleration: Series;
}

/** No body changes its pace faster than this, seconds (a Gaussian's deviation). */
const PACE_SIGMA = 0.17;

function paceAt(pace: readonly PaceKey[], time: number, read: (key: PaceKey) => number): number {
  const after = pace.findIndex((key) => key.at > time);
  if (after === 0) return read(pace[0]);
  if (after < 0) return read(pace[pace.length - 1]);
  const a = pace[after - 1];
  const b = pace[after];
  return read(a) + ((read(b) - read(a)) * (time - a.at)) / (b.at - a.at);
}

/** A slow wave between about −1 and 1 that does not repeat within a clip. */
export function drift(random: Random, hz: number): (time: number) => number {
  const waves = [1, 1.7, 2.9].map((factor) => ({
    step: 2 * Math.PI * hz * factor * (0.9 + 0.2 * random.uniform()),
    phase: 2 * Math.PI * random.uniform(),
    size: 0.6 / factor,
  }));
  return (time) =>
    waves.reduce((sum, { step, phase, size }) => sum + size * Math.sin(step * time + phase), 0);
}

/** The path of a script for a body with legs of `legLength` metres. */
export function makePath(script: Script, legLength: number, random: Random): Path {
  const count = Math.round((LEAD_SECONDS + script.seconds + TAIL_SECONDS) * GRID_HZ) + 1;
  const scale = Math.sqrt(legLength / REFERENCE_LEG);
  const unevenPace = drift(random, 0.21);
  const unevenCourse = drift(random, 0.13);
  const pace = (read: (key: PaceKey) => number): Series =>
    smooth(
      makeSeries(count, (time) => paceAt(script.pace, time - LEAD_SECONDS, read)),
      PACE_SIGMA,
    );
  const forward = pace((key) => key.forward).map((v, i) => v * scale * (1 + 0.025 * unevenPace(i / GRID_HZ)));
  const left = pace((key) => key.left ?? 0).map((v, i) => v * scale * (1 + 0.03 * unevenPace(i / GRID_HZ)));
  const turn = pace((key) => ((key.turnDeg ?? 0) * Math.PI) / 180).map(
    (v, i) => v + 0.02 * unevenCourse(i / GRID_HZ) * Math.min(Math.abs(forward[i]), 1.5),
  );

  const x = new Float64Array(count);
  const z = new Float64Array(count);
  const yaw = new Float64Array(count);
  const walk = (from: number, to: number): void => {
    const dt = (to - from) / GRID_HZ;
    const f = (forward[from] + forward[to]) / 2;
    const l = (left[from] + left[to]) / 2;
    yaw[to] = yaw[from] + ((turn[from] + turn[to]) / 2) * dt;
    const facing = (yaw[from] + yaw[to]) / 2;
    x[to] = x[from] + (f * Math.sin(facing) + l * Math.cos(facing)) * dt;
    z[to] = z[from] + (f * Math.cos(facing) - l * Math.sin(facing)) * dt;
  };
  const start = Math.round(LEAD_SECONDS * GRID_HZ);
  for (let i = start; i + 1 < count; i++) walk(i, i + 1);
  for (let i = start; i > 0; i--) walk(i, i - 1);
  return { x, z, yaw, forward, left, turn, acceleration: smooth(rateOfChange(forward), 0.08) };
}
