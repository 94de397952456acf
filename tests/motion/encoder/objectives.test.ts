import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { queryLatents } from '../../../src/motion/encoder/encoder.js';
import { writeEncoder } from '../../../src/motion/encoder/encoder-file.js';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import { ENGINE_NAMES, type Engine } from '../../../src/motion/encoder/engine/engine.js';
import { gradientProgram, type Problem } from '../../../src/motion/encoder/engine/gradients.js';
import { convRelu, denseHead } from '../../../src/motion/encoder/families/blocks.js';
import type { Architecture } from '../../../src/motion/encoder/layers.js';
import { makeAutoencoder, PRETRAININGS } from '../../../src/motion/encoder/objectives/autoencoder.js';
import { checkerboardShare } from '../../../src/motion/encoder/objectives/checkerboard.js';
import { DECODERS } from '../../../src/motion/encoder/objectives/decoder.js';
import { pairProblem } from '../../../src/motion/encoder/objectives/pair-loss.js';
import { pretrain } from '../../../src/motion/encoder/objectives/pretrain.js';
import { tuneOnPairs } from '../../../src/motion/encoder/objectives/tune-on-pairs.js';
import { initialParameters } from '../../../src/motion/encoder/parameters.js';
import { type NetworkSettings, trainNetworkEncoder } from '../../../src/motion/encoder/train-network.js';
import { madeWalks } from './made-clips.js';

const [BATCH, TIMES, CHANNELS] = [6, 8, 3];
const INPUTS = TIMES * CHANNELS + 2;
const ARCHITECTURE: Architecture = {
  inputs: INPUTS,
  outputs: 4,
  frames: Array.from({ length: TIMES }, (_, t) => t * CHANNELS),
  channels: CHANNELS,
  rest: [TIMES * CHANNELS, INPUTS],
  trunk: convRelu(3, 8),
  head: denseHead([12], 4),
  auxiliary: [],
};
const SETTINGS: NetworkSettings = {
  dim: 6,
  seed: 3,
  noiseShare: 0,
  epochs: 2,
  batch: 64,
  learningRate: 2e-3,
  weightDecay: 1e-2,
  patience: 3,
  family: 'mlp',
  survival: 1,
  predictedShare: 0,
  heldOutShare: 0.2,
  pretraining: 'none',
  pretrainingEpochs: 2,
  decoder: 'resize',
  pairEpochs: 0,
  jumpWeight: 0.5,
  whiten: false,
};

const numbers = (length: number, seed: number, size = 1): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => size * random.normal());
};
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Waves that a window can be made of: four numbers say all of a row. */
const sourceOf = (example: number): string => `wave ${example}`;

function waves(count: number): { x: Float32Array; count: number } {
  const random = seededRandom(9);
  const x = new Float32Array(count * INPUTS);
  for (let row = 0; row < count; row++) {
    const [height, phase] = [random.normal(), random.uniform() * 6];
    for (let k = 0; k < INPUTS; k++) x[row * INPUTS + k] = height * Math.sin(0.3 * k + phase);
  }
  return { x, count };
}

const PROBLEMS: Record<string, Problem> = {
  ...Object.fromEntries(
    PRETRAININGS.map((kind) => [kind, makeAutoencoder(ARCHITECTURE, kind, 'resize', BATCH).problem]),
  ),
  'a decoder that puts zeros between': makeAutoencoder(ARCHITECTURE, 'autoencoder', 'transposed', BATCH)
    .problem,
  'an autoencoder of flat rows': makeAutoencoder(
    { ...ARCHITECTURE, frames: [], rest: [0, INPUTS], trunk: [] },
    'autoencoder',
    'resize',
    BATCH,
  ).problem,
  'hard pairs': pairProblem(ARCHITECTURE, { batch: BATCH, candidates: 5 }),
};

async function lossAndSlopes(engine: Engine, problem: Problem): Promise<Float32Array[]> {
  const compiled = await engine.compile(gradientProgram(problem));
  const all = [...problem.parameters, ...problem.inputs];
  const results = await compiled.run(all.map((shape, n) => numbers(sizeOf(shape), n + 1, 0.4)));
  const kept = results.map((array) => array.slice());
  await compiled.dispose();
  return kept;
}

describe.each(ENGINE_NAMES.filter((name) => name !== 'cpu'))('objectives on %s', (name) => {
  it.each(Object.entries(PROBLEMS))(
    'have the loss and the gradients that cpu finds: %s',
    async (_, problem) => {
      const chosen = await chooseEngine(name).catch(() => undefined);
      // tfjs-node and onnxruntime-node are optional: nothing to compare where they do not load.
      if (!chosen) return;
      const found = await lossAndSlopes(chosen.engine, problem);
      const expected = await lossAndSlopes((await chooseEngine('cpu')).engine, problem);
      expected.forEach((array, n) => {
        const largest = Math.max(1e-3, ...array.map(Math.abs));
        array.forEach((value, i) => {
          expect(Math.abs(found[n][i] - value) / largest).toBeLessThan(2e-4);
        });
      });
      expect(expected.slice(1).every((array) => array.some((slope) => slope !== 0))).toBe(true);
    },
  );
});

describe('objectives', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = (await chooseEngine('auto')).engine;
  });

  const learn = (epochs: number, more: Partial<NetworkSettings>) => {
    const parameters = initialParameters(ARCHITECTURE, 1);
    const settings = { ...SETTINGS, pretraining: 'autoencoder' as const, pretrainingEpochs: epochs, ...more };
    return pretrain(engine, ARCHITECTURE, parameters, { ...waves(640), sourceOf }, {
      ...settings,
      learningRate: 5e-3,
    } as never).then((report) => ({ report, parameters }));
  };

  it.each(PRETRAININGS)(
    'pre-training as %s learns to give back, and repeats to the byte',
    async (pretraining) => {
      const short = await learn(2, { pretraining });
      const long = await learn(30, { pretraining });
      expect(long.report.loss).toBeLessThan(0.7 * short.report.loss);
      expect(await learn(2, { pretraining })).toEqual(short);
    },
  );

  it('pre-training leaves the last layer fresh, and no other', async () => {
    const fresh = initialParameters(ARCHITECTURE, 1);
    const { parameters } = await learn(2, {});
    const changed = parameters.map(({ values }, n) =>
      values.some((value, i) => value !== fresh[n].values[i]),
    );
    expect(changed).toEqual([...changed.slice(0, -2).map(() => true), false, false]);
  });

  it.each(DECODERS)('a decoder of the kind %s gives back a window', async (decoder) => {
    const { report } = await learn(30, { decoder });
    expect(report.loss).toBeLessThan(0.5 * (await learn(2, { decoder })).report.loss);
    expect(report.checkerboard).toBeGreaterThan(0);
    expect(report.checkerboard).toBeLessThan(1);
  });

  it('a fresh decoder makes a checkerboard of zeros between moments, and none of moments repeated', async () => {
    const shareOf = async (kind: (typeof DECODERS)[number]): Promise<number> => {
      const { problem, giveBack, freshParameters } = makeAutoencoder(
        ARCHITECTURE,
        'autoencoder',
        kind,
        BATCH,
      );
      const parameters = freshParameters(4);
      const compiled = await engine.compile({
        inputs: [...problem.parameters, [BATCH, INPUTS]],
        outputs: (tf, tensors) => [
          giveBack(tf, tensors.slice(0, parameters.length) as never, tensors[parameters.length] as never),
        ],
      });
      const [back] = await compiled.run([
        ...parameters.map(({ values }) => values),
        numbers(BATCH * INPUTS, 3),
      ]);
      const share = checkerboardShare(back, new Float32Array(back.length), TIMES, CHANNELS);
      await compiled.dispose();
      return share;
    };
    expect(await shareOf('transposed')).toBeGreaterThan(2 * (await shareOf('resize')));
  });

  it('an error that alternates is all checkerboard, a steady one none', () => {
    const alternating = Float32Array.of(1, -1, 1, -1, 2, -2, 2, -2);
    expect(checkerboardShare(alternating, new Float32Array(8), 4, 1)).toBeCloseTo(1, 6);
    expect(checkerboardShare(Float32Array.of(1, 1, 1, 1), new Float32Array(4), 4, 1)).toBe(0);
    expect(checkerboardShare(alternating, alternating, 4, 1)).toBe(0);
  });

  it('metric learning makes queries choose answers that go on more alike', async () => {
    const { x, count } = waves(640);
    const linear = numbers(INPUTS * 4, 8, 0.3);
    // What follows is more than the network says of it so far.
    const y = new Float32Array(count * 4);
    for (let i = 0; i < count; i++)
      for (let k = 0; k < 4; k++) y[4 * i + k] = Math.tanh(2 * x[i * INPUTS + 3 * k]);
    const arrays = initialParameters(ARCHITECTURE, 2).map(({ values }) => values);
    const network = { architecture: ARCHITECTURE, arrays, shortcut: linear.map(() => 0) };
    const task = {
      network,
      examplesOf: () => ({ x, y, count }),
      latentsOf: () => y,
      clipOf: Int32Array.from({ length: count }, (_, i) => i % 8),
      sourceOf,
    };
    const lossOf = async (some: readonly Float32Array[]): Promise<number> => {
      const problem = pairProblem(ARCHITECTURE, { batch: count, candidates: 8 });
      const compiled = await engine.compile(gradientProgram(problem));
      const offered = new Float32Array(count * 32);
      const distances = new Float32Array(count * 8);
      for (let i = 0; i < count; i++)
        for (let k = 0; k < 8; k++) {
          const j = (i + 1 + 37 * k) % count;
          offered.set(y.subarray(4 * j, 4 * j + 4), 4 * (8 * i + k));
          distances[8 * i + k] = Math.hypot(...[0, 1, 2, 3].map((n) => y[4 * i + n] - y[4 * j + n]));
        }
      const one = Float32Array.of(1);
      const [[loss]] = await compiled.run([...some, x, offered, distances, y, network.shortcut, one, one]);
      await compiled.dispose();
      return loss;
    };
    const settings = { ...SETTINGS, pairEpochs: 12, learningRate: 2e-2 };
    const tuned = await tuneOnPairs(engine, task, settings);
    expect(await lossOf(tuned.arrays)).toBeLessThan(0.9 * (await lossOf(arrays)));
    expect((await tuneOnPairs(engine, task, settings)).arrays).toEqual(tuned.arrays);
  });

  it('whitened latents vary alike, and each objective makes another encoder', async () => {
    const walks = madeWalks(8);
    const train = async (more: Partial<NetworkSettings>) =>
      (await trainNetworkEncoder(engine, walks, { ...SETTINGS, epochs: 1, ...more })).encoder;
    const spreads = (latents: Float32Array, dim: number): number[] =>
      Array.from({ length: dim }, (_, k) => {
        const own = latents.filter((_, i) => i % dim === k);
        const mean = own.reduce((a, b) => a + b, 0) / own.length;
        return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
      });
    const whole = (encoder: Awaited<ReturnType<typeof train>>): Float32Array =>
      Float32Array.from(walks.flatMap((walk) => [...queryLatents(encoder, walk).latents]));
    const ratio = (values: number[]): number => Math.max(...values) / Math.min(...values);
    const plain = await train({});
    const whitened = await train({ whiten: true });
    expect(ratio(spreads(whole(plain), 6))).toBeGreaterThan(2 * ratio(spreads(whole(whitened), 6)));

    const bytes = (encoder: typeof plain): string =>
      Buffer.from(writeEncoder({ encoder, boneMaps: [], record: {} })).toString('base64');
    const others = [
      await train({ jumpWeight: 2 }),
      await train({ pretraining: 'vae' }),
      await train({ pairEpochs: 1 }),
    ];
    expect(new Set([plain, whitened, ...others].map(bytes)).size).toBe(5);
  });
});
