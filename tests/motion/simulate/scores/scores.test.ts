import { describe, expect, it } from 'vitest';
import { makeJerkMeter } from '../../../../src/motion/simulate/scores/jerk.js';
import { makeJumpScorer } from '../../../../src/motion/simulate/scores/jumps.js';
import { makeLockInScorer } from '../../../../src/motion/simulate/scores/lock-ins.js';
import { meanScores } from '../../../../src/motion/simulate/scores/mean-scores.js';
import { paretoFront } from '../../../../src/motion/simulate/scores/pareto-front.js';
import { makePlayScorer } from '../../../../src/motion/simulate/scores/play-scores.js';
import { measureSource } from '../../../../src/motion/simulate/scores/source-motion.js';
import { makeUsageScorer } from '../../../../src/motion/simulate/scores/usage.js';
import { madeLibrary, madePlay, madeWalker } from '../made-play.js';
import { madeTick } from './made-ticks.js';

const DT = 1 / 60;

describe('makeJerkMeter', () => {
  it('is six times the cube’s factor, from the fourth tick on', () => {
    const meter = makeJerkMeter([1], 0.1);
    const jerks = Array.from({ length: 8 }, (_, k) =>
      meter.next(Float64Array.of(9, 9, 9, 0, 2 * (0.1 * k) ** 3, 0)),
    );
    expect(jerks.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    for (const jerk of jerks.slice(3)) expect(jerk).toBeCloseTo(12, 6);
    meter.restart();
    expect(meter.next(new Float64Array(6))).toBeUndefined();
  });
});

describe('makeJumpScorer', () => {
  it('measures how far poses and velocities lie apart, seen from their roots', () => {
    const { database, bank } = madePlay([
      madeWalker(),
      madeWalker({ name: 'faster', speed: 2.2, turn: 0.001 }),
    ]);
    const scorer = makeJumpScorer(database, bank, DT);
    // A step takes 30 frames: the same pose, a metre per second faster.
    scorer.add(madeTick({ jumpedFrom: { clip: 0, frame: 45 }, jumpedTo: { clip: 1, frame: 75 } }));
    for (let k = 0; k < 59; k++) scorer.add(madeTick());
    const found = scorer.score();
    expect(found.perSecond).toBeCloseTo(1, 9);
    expect(found.placeCm).toBeLessThan(1.5);
    expect(found.velocity).toBeCloseTo(1, 1);
    expect(found.velocityRms).toBeGreaterThanOrEqual(found.velocity);
  });

  it('is 0 where nothing jumped', () => {
    const { database, bank } = madePlay([madeWalker()]);
    expect(makeJumpScorer(database, bank, DT).score()).toEqual({
      perSecond: 0,
      placeCm: 0,
      placeRmsCm: 0,
      velocity: 0,
      velocityRms: 0,
    });
  });
});

describe('makeLockInScorer', () => {
  const { database } = madePlay([madeWalker(), madeWalker({ name: 'left', turn: 1 })]);
  const wish = { velocityX: 0, velocityZ: 1, yaw: 0 };

  it('counts once that a figure stands for a second while it is asked to go', () => {
    const scorer = makeLockInScorer(database, DT);
    for (let k = 0; k < 150; k++) scorer.add(madeTick({ wish }));
    expect(scorer.score()).toEqual({ idle: 1, loops: 0 });
    const going = makeLockInScorer(database, DT);
    for (let k = 0; k < 150; k++) going.add(madeTick({ wish, root: { x: 0, z: k * DT, yaw: 0 } }));
    expect(going.score().idle).toBe(0);
  });

  it('counts four jumps within two seconds into the same third of a second', () => {
    const loops = (clips: readonly number[], every: number): number => {
      const scorer = makeLockInScorer(database, DT);
      clips.forEach((clip, k) => {
        scorer.add(
          madeTick({ jumpedTo: { clip, frame: 30 + (k % 2) * 5 }, jumpedFrom: { clip: 0, frame: 0 } }),
        );
        for (let t = 1; t < every; t++) scorer.add(madeTick());
      });
      return scorer.score().loops;
    };
    expect(loops([0, 0, 0, 0], 20)).toBe(1);
    expect(loops([0, 0, 0, 0], 60)).toBe(0);
    expect(loops([0, 1, 0, 0], 20)).toBe(0);
  });
});

describe('makeUsageScorer', () => {
  it('counts frames that played and were chosen, and how evenly over clips', () => {
    const { database } = madePlay([madeWalker(), madeWalker({ name: 'left', turn: 1 })]);
    const usage = makeUsageScorer(database);
    usage.add(madeTick({ head: { clip: 0, frame: 7.4 } }));
    usage.add(madeTick({ head: { clip: 1, frame: 119.8 }, jumpedTo: { clip: 1, frame: 119 } }));
    expect(usage.played[7]).toBe(1);
    expect(usage.played[121 + 120]).toBe(1);
    expect(usage.chosen[121 + 119]).toBe(1);
    expect(usage.score()).toEqual({ coverage: 2 / 242, entropy: expect.closeTo(1, 9) });
  });
});

describe('measureSource', () => {
  it('measures clips as play is measured: the same walk twice as often has the same jerk', () => {
    const { database, bank } = madeLibrary();
    const [source, finer] = [measureSource(database, bank, 30), measureSource(database, bank, 60)];
    expect(source.jerk).toBeGreaterThan(0);
    expect(finer.jerk / source.jerk).toBeGreaterThan(0.5);
    expect(finer.jerk / source.jerk).toBeLessThan(2);
    expect(source.jerkOfRows).toHaveLength(database.frameCount);
    expect(source.slide.speedCm).toBeGreaterThan(0);
  });
});

describe('scores of several runs', () => {
  it('are means, of what each of them tells', () => {
    const { database, bank } = madeLibrary();
    const source = measureSource(database, bank, 60);
    const runOf = (lag: number) => {
      const scorer = makePlayScorer(database, bank, source, DT);
      for (let k = 0; k < 60; k++) {
        scorer.add(
          madeTick({
            root: { x: lag, z: 0, yaw: 0.1 },
            pose: { rotations: new Float64Array(0), translations: new Float64Array(0) },
            free: { positions: new Float64Array(3 * 26), rotations: new Float64Array(4 * 26) },
            world: { positions: new Float64Array(3 * 26), rotations: new Float64Array(4 * 26) },
          }),
        );
      }
      return scorer.scores();
    };
    const [a, b] = [runOf(0.02), runOf(0.06)];
    expect(a.trajectory).toEqual({
      meanCm: expect.closeTo(2, 9),
      p95Cm: expect.closeTo(2, 9),
      yawDeg: expect.closeTo((0.1 * 180) / Math.PI, 9),
    });
    const mean = meanScores([a, { ...b, slide: { ...b.slide, free: { ...b.slide.free, settledCm: 8 } } }]);
    expect(mean.trajectory.meanCm).toBeCloseTo(4, 9);
    expect(a.slide.free.settledCm).toBeNaN();
    expect(mean.slide.free.settledCm).toBe(8);
    expect(mean.seconds).toBeCloseTo(1, 9);
  });

  it('are on the front where no other is as good in both', () => {
    expect(
      paretoFront([
        [1, 5],
        [2, 4],
        [2, 6],
        [3, 1],
        [3, 1],
      ]),
    ).toEqual([true, true, false, true, true]);
  });
});
