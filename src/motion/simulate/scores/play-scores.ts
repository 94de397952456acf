import { size2 } from '../../../math/size.js';
import { wrapAngle } from '../../../math/springs.js';
import type { MotionDatabase } from '../../database/database.js';
import type { PlayedTick } from '../controller.js';
import { toesOf } from '../foot-lock.js';
import { playedRow } from '../playhead.js';
import type { PoseBank } from '../pose-bank.js';
import { makeJerkMeter } from './jerk.js';
import { scoredJoints } from './joint-places.js';
import { type JumpScore, makeJumpScorer } from './jumps.js';
import { type LockInScore, makeLockInScorer } from './lock-ins.js';
import { makeResponseScorer, type ResponseScore } from './response.js';
import { makeSlideScorer, type SlideScore } from './slide.js';
import type { SourceMotion } from './source-motion.js';
import { makeUsageScorer, type UsageScore } from './usage.js';

/** How good a stretch of play is; shares are 0 to 1. */
export interface PlayScores {
  readonly seconds: number;
  readonly jumps: JumpScore;
  /** How far the character is from the game's point. */
  readonly trajectory: { readonly meanCm: number; readonly p95Cm: number; readonly yawDeg: number };
  /** Before feet are locked, at last, and of the clips themselves. */
  readonly slide: { readonly free: SlideScore; readonly locked: SlideScore; readonly source: SlideScore };
  readonly response: ResponseScore;
  /** Metres per second cubed; `played` is what the clips have where they were played. */
  readonly jerk: {
    readonly free: number;
    readonly locked: number;
    readonly source: number;
    readonly played: number;
  };
  readonly usage: UsageScore;
  readonly lockIns: LockInScore;
}

export interface PlayScorer {
  /** [frames]: jumps that landed on each frame, and ticks for which it played. */
  readonly chosenRows: Uint32Array;
  readonly playedRows: Uint32Array;
  add(tick: PlayedTick): void;
  scores(): PlayScores;
}

/** Scores play tick by tick; see docs/play.md for what each score means. @param dt Seconds of a tick. */
export function makePlayScorer(
  database: MotionDatabase,
  bank: PoseBank,
  source: SourceMotion,
  dt: number,
): PlayScorer {
  const toes = toesOf(bank);
  const joints = scoredJoints(bank);
  const jumps = makeJumpScorer(database, bank, dt);
  const usage = makeUsageScorer(database);
  const response = makeResponseScorer(dt);
  const lockIns = makeLockInScorer(database, dt);
  const [freeSlide, lockedSlide] = [makeSlideScorer(toes, dt), makeSlideScorer(toes, dt)];
  const [freeJerk, lockedJerk] = [makeJerkMeter(joints, dt), makeJerkMeter(joints, dt)];
  const away: number[] = [];
  let [ticks, yaw, jerkTicks, freeSum, lockedSum, playedSum, sinceJump] = [0, 0, 0, 0, 0, 0, 0];
  return {
    chosenRows: usage.chosen,
    playedRows: usage.played,
    add(tick) {
      const { root, point, free, world, contacts } = tick;
      ticks++;
      sinceJump = tick.jumpedTo ? 0 : sinceJump + dt;
      away.push(size2(root.x - point.x, root.z - point.z));
      yaw += Math.abs(wrapAngle(root.yaw - point.yaw));
      for (const scorer of [jumps, usage, response, lockIns]) scorer.add(tick);
      freeSlide.add(free.positions, contacts, sinceJump);
      lockedSlide.add(world.positions, contacts, sinceJump);
      const jerk = freeJerk.next(free.positions);
      const last = lockedJerk.next(world.positions);
      if (jerk === undefined || last === undefined) return;
      jerkTicks++;
      freeSum += jerk;
      lockedSum += last;
      playedSum += source.jerkOfRows[playedRow(database, tick.head)];
    },
    scores() {
      const sorted = Float64Array.from(away).sort();
      const perTick = (sum: number): number => (jerkTicks > 0 ? sum / jerkTicks : 0);
      return {
        seconds: ticks * dt,
        jumps: jumps.score(),
        trajectory: {
          meanCm: (100 * away.reduce((a, b) => a + b, 0)) / Math.max(ticks, 1),
          p95Cm: 100 * (sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0),
          yawDeg: ((yaw / Math.max(ticks, 1)) * 180) / Math.PI,
        },
        slide: { free: freeSlide.score(), locked: lockedSlide.score(), source: source.slide },
        response: response.score(),
        jerk: {
          free: perTick(freeSum),
          locked: perTick(lockedSum),
          source: source.jerk,
          played: perTick(playedSum),
        },
        usage: usage.score(),
        lockIns: lockIns.score(),
      };
    },
  };
}
