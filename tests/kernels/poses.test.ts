import { describe, expect, it } from 'vitest';
import { forwardKinematics, makeWorldPose } from '../../src/clip/index.js';
import {
  ASKS,
  BLOCK_FRAMES,
  NUMBERS,
  type PoseBlock,
  SOUGHT,
  TURN,
  WORDS,
  writeBlend,
} from '../../src/kernels/pose-block.js';
import {
  type MakePoseKernels,
  makePlainPoseKernels,
  type PoseKernels,
} from '../../src/kernels/pose-kernels.js';
import { makeWasmPoseKernels } from '../../src/kernels/wasm-pose-kernels.js';
import {
  angleBetween,
  conjugate,
  fromAxisAngle,
  multiply,
  type Quat,
  quatAt,
  setQuat,
} from '../../src/math/quat.js';
import { slerpRows } from '../../src/math/quat-rows.js';
import { seededRandom } from '../../src/math/random.js';
import { normalise, type Vec3, vec3At } from '../../src/math/vec3.js';

const wasm = makeWasmPoseKernels();
if (!wasm) throw new Error('This Node has no WebAssembly vector instructions.');
const KERNELS: [string, MakePoseKernels][] = [
  ['plain', makePlainPoseKernels],
  ['wasm', wasm],
];
const JOINTS = 9;

/** Random poses of a source of nine joints, of which two stand for themselves, and of as many given joints. */
function filled(make: MakePoseKernels, seed = 3): PoseKernels {
  const kernels = make({ sourceCount: JOINTS, targetCount: JOINTS });
  const { block } = kernels;
  const random = seededRandom(seed);
  block.parents.set([-1, 0, 1, 1, 3, -1, 5, 6, 4]);
  const turns = (values: Float64Array): void => {
    for (let i = 0; i < values.length / 4; i++) setQuat(values, i, randomTurn(random));
  };
  const places = (values: Float64Array): void => {
    for (let i = 0; i < values.length; i++) values[i] = random.normal();
  };
  turns(block.sourceLocalTurns);
  turns(block.givenTurns);
  places(block.sourceLocalPlaces);
  places(block.givenPlaces);
  return kernels;
}

function randomTurn(random: { normal(): number }): Quat {
  const q = [random.normal(), random.normal(), random.normal(), random.normal()] as const;
  const size = Math.hypot(...q);
  return [q[0] / size, q[1] / size, q[2] / size, q[3] / size];
}

interface Step {
  readonly joint: number;
  readonly turn: number;
  readonly asks?: number;
  readonly base?: number;
  readonly parent?: number;
  readonly from?: number;
  readonly towards?: number;
  readonly again?: boolean;
  readonly numbers?: Partial<
    Record<Exclude<keyof typeof NUMBERS, 'size' | 'near' | 'far'>, readonly number[]>
  >;
}

const NO_TURN: Quat = [0, 0, 0, 1];

function writeSteps(block: PoseBlock, steps: readonly Step[]): number {
  steps.forEach(
    ({ joint, turn, asks = 0, base = -1, parent = -1, from = 0, towards = 0, again, numbers }, i) => {
      block.steps.set([joint, turn, asks, base, parent, from, towards, again ? 1 : 0], WORDS.size * i);
      for (const name of ['before', 'other', 'after'] as const)
        block.numbers.set(numbers?.[name] ?? NO_TURN, NUMBERS.size * i + NUMBERS[name]);
      for (const name of ['offset', 'axis', 'share'] as const)
        if (numbers?.[name]) block.numbers.set(numbers[name], NUMBERS.size * i + NUMBERS[name]);
      if (turn === TURN.blends) writeBlend(block.numbers, i, numbers?.share?.[0] ?? 0);
    },
  );
  return steps.length;
}

/** Steps of every kind, with random numbers. */
function anySteps(): Step[] {
  const random = seededRandom(8);
  const numbers = (share: number): NonNullable<Step['numbers']> => ({
    before: randomTurn(random),
    other: randomTurn(random),
    after: randomTurn(random),
    offset: normalise([random.normal(), random.normal(), random.normal()]),
    share: [share],
  });
  const all = ASKS.place | ASKS.localTurn | ASKS.localPlace | ASKS.world;
  const between = numbers(0.9);
  return [
    { joint: 0, turn: TURN.hangs, asks: all, numbers: numbers(0) },
    { joint: 1, turn: TURN.follows, asks: all, base: 0, parent: 0, from: 3, numbers: numbers(0) },
    {
      joint: 2,
      turn: TURN.blends,
      asks: all | ASKS.movedPlace,
      ...{ base: 1, parent: 1, from: 4, towards: 2, numbers: numbers(0.3) },
    },
    { joint: 3, turn: TURN.given, asks: all | ASKS.givenPlace, base: 1, parent: 1 },
    { joint: 4, turn: TURN.hangs, asks: all, base: 3, parent: 3, numbers: numbers(0) },
    { joint: 5, turn: TURN.blends, base: 4, parent: 4, from: 8, towards: 0, numbers: between },
    {
      joint: 7,
      turn: TURN.blends,
      asks: ASKS.place | ASKS.givenPlace | ASKS.world,
      ...{ again: true, base: 5, parent: 5, from: 8, towards: 0 },
      numbers: { ...between, after: randomTurn(random), share: [0.35] },
    },
    { joint: 6, turn: TURN.twistsBefore, from: 2, numbers: numbers(-0.6) },
    { joint: 7, turn: TURN.twistsBehind, from: 1, numbers: numbers(0.75) },
    { joint: 8, turn: TURN.hangs, asks: all, base: 2, parent: 4, numbers: numbers(0) },
    { joint: 5, turn: TURN.within, from: 7, numbers: numbers(0) },
  ];
}

const OUTPUTS = ['turns', 'places', 'localTurns', 'localPlaces', 'last'] as const;

describe.each(KERNELS)('%s kernels of poses', (_, make) => {
  it('give the world poses of forward kinematics, number for number', () => {
    const kernels = filled(make);
    const { block } = kernels;
    const joints = Array.from(block.parents, (parent) => ({ parent }));
    expect(kernels.worldPoses(BLOCK_FRAMES)).toBe(true);
    for (let f = 0; f < BLOCK_FRAMES; f++) {
      const pose = forwardKinematics(
        { joints },
        block.sourceLocalTurns,
        block.sourceLocalPlaces,
        makeWorldPose(JOINTS),
        4 * f * JOINTS,
        3 * f * JOINTS,
      );
      expect(block.sourceTurns.subarray(4 * f * JOINTS, 4 * (f + 1) * JOINTS)).toEqual(pose.rotations);
      expect(block.sourcePlaces.subarray(3 * f * JOINTS, 3 * (f + 1) * JOINTS)).toEqual(pose.positions);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('tell of %s in the frames that are looked at', (odd) => {
    const kernels = filled(make);
    const { block } = kernels;
    block.sourceLocalPlaces[3 * 5 * JOINTS + 4] = odd;
    expect(kernels.worldPoses(6)).toBe(false);
    expect(kernels.worldPoses(5)).toBe(true);
    const given: Step = {
      joint: 1,
      turn: TURN.given,
      asks: ASKS.place | ASKS.givenPlace | ASKS.localPlace,
    };
    const count = writeSteps(block, [given]);
    block.givenPlaces[3 * (4 * JOINTS + 1)] = odd;
    expect(kernels.carryPoses(count, 5)).toBe(false);
    expect(kernels.carryPoses(count, 4)).toBe(true);
    expect(kernels.carryPoses(count, 3)).toBe(true);
  });

  it.each([0, 0.2, 0.5, 1])('blend turns as a slerp does, %s of the way', (share) => {
    const kernels = filled(make);
    const { block } = kernels;
    kernels.worldPoses(BLOCK_FRAMES);
    const count = writeSteps(block, [
      { joint: 1, turn: TURN.blends, asks: ASKS.world, from: 2, towards: 4, numbers: { share: [share] } },
    ]);
    kernels.carryPoses(count, BLOCK_FRAMES);
    const wanted = new Float64Array(4);
    for (let f = 0; f < BLOCK_FRAMES; f++) {
      const row = f * JOINTS;
      slerpRows(block.sourceTurns, 4 * (row + 2), block.sourceTurns, 4 * (row + 4), share, wanted, 0);
      for (let k = 0; k < 4; k++) expect(block.turns[4 * (row + 1) + k]).toBeCloseTo(wanted[k], 12);
    }
  });

  it.each([
    [0.4, 1.3],
    [-0.7, -2.9],
    [1, 3.1],
    [0.5, 0],
  ])('give %s of a twist by %s about an axis, whatever the swing', (share, angle) => {
    const kernels = filled(make);
    const { block } = kernels;
    const axis = normalise([1, 2, -1]);
    const across: Vec3 = normalise([2, -1, 0]);
    const rest = fromAxisAngle([0, 0, 1], 0.3);
    for (let f = 0; f < BLOCK_FRAMES; f++) {
      const twisted = multiply(fromAxisAngle(across, 0.1 * f), fromAxisAngle(axis, angle));
      setQuat(block.givenTurns, f * JOINTS + 1, twisted);
    }
    const steps: Step[] = [
      { joint: 1, turn: TURN.given, asks: ASKS.localTurn },
      { joint: 2, turn: TURN.twistsBehind, from: 1, numbers: { after: rest, axis, share: [share] } },
      { joint: 3, turn: TURN.twistsBefore, from: 1, numbers: { after: rest, axis, share: [share] } },
    ];
    kernels.carryPoses(writeSteps(block, steps), BLOCK_FRAMES);
    const wanted = multiply(fromAxisAngle(axis, share * angle), rest);
    for (let f = 0; f < BLOCK_FRAMES; f++)
      for (const joint of [2, 3]) {
        const turn = quatAt(block.localTurns, f * JOINTS + joint);
        const inner = turn.reduce((sum, x, k) => sum + x * wanted[k], 0);
        expect(Math.abs(inner)).toBeCloseTo(1, 12);
      }
  });

  it('turn a joint within its parent as by the world turns of both', () => {
    const random = seededRandom(5);
    const [above, own] = [randomTurn(random), randomTurn(random)];
    const [by, through] = [filled(make), filled(make)];
    through.worldPoses(BLOCK_FRAMES);
    // Joint 4 of the source hangs from joint 3.
    const follows: Step[] = [
      { joint: 1, turn: TURN.follows, from: 3, numbers: { after: above } },
      {
        joint: 2,
        turn: TURN.follows,
        ...{ asks: ASKS.localTurn, base: 1, parent: 1, from: 4, numbers: { after: own } },
      },
    ];
    const within: Step = {
      joint: 2,
      turn: TURN.within,
      from: 4,
      numbers: { before: conjugate(above), after: own },
    };
    through.carryPoses(writeSteps(through.block, follows), BLOCK_FRAMES);
    by.carryPoses(writeSteps(by.block, [within]), BLOCK_FRAMES);
    for (let f = 0; f < BLOCK_FRAMES; f++) {
      const wanted = quatAt(through.block.localTurns, f * JOINTS + 2);
      expect(angleBetween(quatAt(by.block.localTurns, f * JOINTS + 2), wanted)).toBeLessThan(1e-7);
    }
  });

  it('make world poses of what is sought, and leave the rest alone', () => {
    const [whole, part] = [filled(make), filled(make)];
    part.block.sought.set([3, 3, 1, 3, 1, 0, 0, 0, 0]);
    for (let f = 0; f < 3; f++) {
      part.block.sourceLocalTurns.fill(Number.NaN, 4 * (f * JOINTS + 5), 4 * (f * JOINTS + 9));
      part.block.sourceLocalPlaces.fill(Number.NaN, 3 * (f * JOINTS + 4), 3 * (f * JOINTS + 9));
    }
    for (const { worldPoses } of [whole, part]) expect(worldPoses(3)).toBe(true);
    part.block.sought.forEach((parts, j) => {
      for (let f = 0; f < 3; f++) {
        const row = f * JOINTS + j;
        const turn = parts & SOUGHT.turn ? quatAt(whole.block.sourceTurns, row) : [0, 0, 0, 0];
        const place = parts & SOUGHT.place ? vec3At(whole.block.sourcePlaces, row) : [0, 0, 0];
        expect(quatAt(part.block.sourceTurns, row)).toEqual(turn);
        expect(vec3At(part.block.sourcePlaces, row)).toEqual(place);
      }
    });
  });

  it('keep local turns on the side of the frame before, over odd counts too', () => {
    const kernels = filled(make);
    const { block } = kernels;
    const turn = fromAxisAngle([0, 1, 0], 0.4);
    for (let f = 0; f < BLOCK_FRAMES; f++)
      setQuat(block.givenTurns, f * JOINTS, turn.map((x) => (f % 3 === 0 ? x : -x)) as unknown as Quat);
    const count = writeSteps(block, [{ joint: 0, turn: TURN.given, asks: ASKS.localTurn }]);
    block.last.set(turn.map((x) => -x));
    for (const frames of [5, BLOCK_FRAMES]) {
      kernels.carryPoses(count, frames);
      for (let f = 0; f < frames; f++)
        expect(quatAt(block.localTurns, f * JOINTS)).toEqual(turn.map((x) => -x));
    }
  });

  it.each([BLOCK_FRAMES, 7, 1])('give the same bytes as the plain ones, over %i frames', (frames) => {
    const [kernels, plain] = [filled(make), filled(makePlainPoseKernels)];
    for (const each of [kernels, plain]) {
      each.worldPoses(frames);
      const count = writeSteps(each.block, anySteps());
      expect(each.carryPoses(count, frames)).toBe(true);
    }
    const rows = frames * JOINTS;
    for (const name of OUTPUTS) {
      const width = name === 'places' || name === 'localPlaces' ? 3 : 4;
      const end = name === 'last' ? 4 * JOINTS : width * rows;
      expect(kernels.block[name].subarray(0, end)).toEqual(plain.block[name].subarray(0, end));
      expect(plain.block[name].subarray(0, end).some((value) => value !== 0)).toBe(true);
    }
  });
});
