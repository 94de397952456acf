import { forwardKinematics, makeLocalPose, makeWorldPose } from '../../../clip/index.js';
import type { MotionDatabase } from '../../database/database.js';
import { toesOf } from '../foot-lock.js';
import { placeInWorld } from '../place-in-world.js';
import { playedRow } from '../playhead.js';
import type { PoseBank } from '../pose-bank.js';
import type { GroundPose } from '../root-path.js';
import { makeJerkMeter } from './jerk.js';
import { scoredJoints } from './joint-places.js';
import { makeSlideScorer, type SlideScore } from './slide.js';

/** What the clips themselves do, played straight through. */
export interface SourceMotion {
  readonly slide: SlideScore;
  /** Mean jerk of all clips, m/s³. */
  readonly jerk: number;
  /** [frames], m/s³: jerk while each frame is the nearest. */
  readonly jerkOfRows: Float32Array;
}

/** Measures the clips of a database as played motion is measured, at as many ticks per second. */
export function measureSource(database: MotionDatabase, bank: PoseBank, tickHz: number): SourceMotion {
  const dt = 1 / tickHz;
  const { clips, rateHz, frameCount: rows, contacts } = database;
  const count = bank.body.kept.length;
  const pose = makeLocalPose(count);
  const world = makeWorldPose(count);
  const root: GroundPose = { x: 0, z: 0, yaw: 0 };
  const stands = new Uint8Array(2);
  const meter = makeJerkMeter(scoredJoints(bank), dt);
  const slide = makeSlideScorer(toesOf(bank), dt);
  const sums = new Float64Array(rows);
  const counts = new Uint32Array(rows);
  for (const [clip, { frameCount }] of clips.entries()) {
    meter.restart();
    slide.restart();
    const last = frameCount - 1;
    for (let tick = 0; tick * dt * rateHz <= last + 1e-9; tick++) {
      const frame = tick * dt * rateHz;
      const row = playedRow(database, { clip, frame });
      bank.sample(clip, frame / rateHz, pose);
      bank.root.at(clip, frame, root);
      placeInWorld(root, bank.body, pose);
      forwardKinematics(bank.body, pose.rotations, pose.translations, world);
      stands[0] = contacts[2 * row];
      stands[1] = contacts[2 * row + 1];
      slide.add(world.positions, stands, Infinity);
      const jerk = meter.next(world.positions);
      if (jerk === undefined) continue;
      sums[row] += jerk;
      counts[row]++;
    }
  }
  let [sum, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    sum += sums[row];
    total += counts[row];
  }
  const jerk = total > 0 ? sum / total : 0;
  return {
    slide: slide.score(),
    jerk,
    // The first ticks of a clip have no jerk of their own.
    jerkOfRows: Float32Array.from(sums, (value, row) => (counts[row] > 0 ? value / counts[row] : jerk)),
  };
}
