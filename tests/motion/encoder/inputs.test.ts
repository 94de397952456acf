import { describe, expect, it } from 'vitest';
import { bendByDraws } from '../../../src/motion/encoder/bent-path.js';
import {
  inputBlocks,
  inputsWithPast,
  insideFrames,
  plainInputs,
  writeInput,
} from '../../../src/motion/encoder/inputs.js';
import { sizeOfBlocks } from '../../../src/motion/encoder/rows.js';
import { type MotionTrack, makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

const plan = inputsWithPast(LEG_ROLES, 30);
const size = sizeOfBlocks(inputBlocks(plan));

function inputAt(track: MotionTrack, frame: number): Float64Array {
  const out = new Float64Array(size);
  writeInput(track, frame, plan, out);
  return out;
}

function largestChange(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);
}

/** The same clip with some of its positions changed by `change(frame, role, axis)`. */
function altered(
  track: MotionTrack,
  change: (frame: number, role: string, axis: number) => number,
): MotionTrack {
  const width = 3 * track.roles.length;
  const positions = track.positions.map(
    (value, i) =>
      value + change(Math.floor(i / width), track.roles[Math.floor((i % width) / 3)] ?? '', i % 3),
  );
  return makeMotionTrack(track.name, track.roles, positions, track.rateHz);
}

describe('what a query may know', () => {
  const K = 70;
  const walk = madeWalk({ frames: 181, turn: 0.7, cadence: 1.4 });

  it('knows nothing of the limbs beyond the next frame', () => {
    const limbs = /^(calf|foot)/;
    const other = altered(walk, (frame, role, axis) =>
      frame > K && limbs.test(role) ? 0.3 * Math.sin(frame + axis) : 0,
    );
    for (let f = K - 20; f < K; f++)
      expect(largestChange(inputAt(walk, f), inputAt(other, f))).toBeLessThan(1e-12);
    expect(largestChange(inputAt(walk, K), inputAt(other, K))).toBeGreaterThan(0.1);
  });

  it('knows nothing of the path beyond 1 s and half a second for its filter', () => {
    const cut = makeMotionTrack(
      walk.name,
      walk.roles,
      walk.positions.slice(0, 3 * LEG_ROLES.length * (K + 48)),
      30,
    );
    for (let f = K - 20; f < K; f++)
      expect(largestChange(inputAt(walk, f), inputAt(cut, f))).toBeLessThan(1e-12);
  });

  it('knows the path 1 s ahead', () => {
    const other = altered(walk, (frame, _role, axis) => (frame > K && axis === 0 ? 0.01 * (frame - K) : 0));
    expect(largestChange(inputAt(walk, K), inputAt(other, K))).toBeGreaterThan(0.1);
  });

  it('does not depend on where the clip stands or which way it faces', () => {
    const turned = madeWalk({ frames: 181, turn: 0.7, cadence: 1.4, heading: 2.1 });
    const moved = altered(turned, (_frame, _role, axis) => [5, 0, -3][axis] ?? 0);
    for (const f of [0, 30, 100, 180])
      expect(largestChange(inputAt(walk, f), inputAt(moved, f))).toBeLessThan(1e-9);
  });
});

describe('writeInput', () => {
  it('gives 138 numbers for 21 joints', () => {
    const roles = Array.from({ length: 21 }, (_, i) => `joint ${i}`);
    expect(sizeOfBlocks(inputBlocks(plainInputs(roles, 30)))).toBe(138);
  });

  it('sees a straight walk as it is', () => {
    const straight = madeWalk({ speed: 1.5, heading: 1 });
    const blocks = inputBlocks(plan);
    const out = inputAt(straight, 25);
    const from = (name: string): number =>
      sizeOfBlocks(
        blocks.slice(
          0,
          blocks.findIndex((block) => block.name === name),
        ),
      );
    const velocity = from('velocity');
    expect([...out.subarray(velocity, velocity + 3)]).toEqual([
      expect.closeTo(0, 9),
      0,
      expect.closeTo(1.5, 9),
    ]);
    const path = from('path ahead place');
    expect([...out.subarray(path, path + 12)].map((v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([
      0, 0.25, 0, 0.5, 0, 0.75, 0, 1, 0, 1.25, 0, 1.5,
    ]);
    const behind = from('path behind place');
    expect([...out.subarray(behind, behind + 4)].map((v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([
      0, -0.25, 0, -0.5,
    ]);
  });

  it('stays finite at both ends, and in a clip of one frame', () => {
    for (const frames of [1, 2, 8]) {
      const short = madeWalk({ frames });
      for (let f = 0; f < frames; f++) expect(inputAt(short, f).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('insideFrames', () => {
  it('leaves 0.4 s before and 1 s after', () => {
    expect(insideFrames(100, 30)).toEqual({ first: 12, end: 70 });
    expect(insideFrames(100, 60)).toEqual({ first: 24, end: 40 });
    expect(insideFrames(20, 30)).toEqual({ first: 12, end: 12 });
  });
});

describe('bendByDraws', () => {
  it('moves by 5 cm and a tenth of the distance and turns by 15°, growing over the first third of a second', () => {
    const bend = bendByDraws(Float32Array.of(0, 0, 0, 1, -2, 3));
    const at = (seconds: number) => {
      const point = { x: 0, z: 2, facingX: 0, facingZ: 1 };
      bend(1, seconds, point);
      return point;
    };
    expect(at(0)).toEqual({ x: 0, z: 2, facingX: 0, facingZ: 1 });
    expect(at(1).x).toBeCloseTo(0.25, 12);
    expect(at(1).z).toBeCloseTo(1.5, 12);
    expect(Math.atan2(at(1).facingX, at(1).facingZ)).toBeCloseTo((45 * Math.PI) / 180, 6);
    expect(at(1 / 6).x).toBeCloseTo(0.125, 12);
    expect(Math.atan2(at(1 / 6).facingX, at(1 / 6).facingZ)).toBeCloseTo((22.5 * Math.PI) / 180, 6);
  });

  it('leaves the path of a frame without draws alone', () => {
    const point = { x: 1, z: 2, facingX: 0.6, facingZ: 0.8 };
    bendByDraws(new Float32Array(3))(0, 1, point);
    expect(point).toEqual({ x: 1, z: 2, facingX: 0.6, facingZ: 0.8 });
  });
});
