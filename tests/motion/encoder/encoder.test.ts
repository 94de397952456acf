import { beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../../src/motion/encoder/checkpoint-file.js';
import { databaseLatents, type Encoder, queryLatents } from '../../../src/motion/encoder/encoder.js';
import { readEncoder, writeEncoder } from '../../../src/motion/encoder/encoder-file.js';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import type { Engine } from '../../../src/motion/encoder/engine/engine.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { type NetworkSettings, trainNetworkEncoder } from '../../../src/motion/encoder/train-network.js';
import type { TrainingState } from '../../../src/motion/encoder/training-state.js';
import { mirrorTrack } from '../../../src/motion/features/mirror-track.js';
import { makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';
import { codeOf, madeWalks } from './made-clips.js';

const SETTINGS: NetworkSettings = {
  dim: 6,
  seed: 3,
  noiseShare: 0.1,
  epochs: 3,
  batch: 64,
  learningRate: 2e-3,
  weightDecay: 1e-2,
  patience: 3,
  family: 'mlp',
  survival: 1,
  predictedShare: 0,
  heldOutShare: 0.2,
  pretraining: 'none',
  pretrainingEpochs: 1,
  decoder: 'resize',
  pairEpochs: 0,
  jumpWeight: 0.5,
  whiten: false,
};
const walks = madeWalks(10);
const bytesOf = (encoder: Encoder): Uint8Array => writeEncoder({ encoder, boneMaps: [], record: {} });

describe('training', () => {
  it('wants clips that are long enough', async () => {
    expect(await codeOf(() => trainLinear([], SETTINGS))).toBe('encoder/too-few-samples');
    expect(await codeOf(() => trainLinear(madeWalks(20, 43), SETTINGS))).toBe('encoder/too-few-samples');
  });

  it('refuses clips of different bodies or rates, by name', async () => {
    const width = 3 * LEG_ROLES.length;
    const legsOnly = LEG_ROLES.filter((role) => role !== 'calfL');
    const other = makeMotionTrack(
      'another body',
      legsOnly,
      walks[0].positions.filter((_, i) => LEG_ROLES[Math.floor((i % width) / 3)] !== 'calfL'),
      30,
    );
    expect(await codeOf(() => trainLinear([...walks, other], SETTINGS))).toBe('encoder/mixed-skeletons');
    expect(() => trainLinear([...walks, other], SETTINGS)).toThrow(/another body/);
    expect(await codeOf(() => trainLinear([...walks, madeWalk({ rateHz: 60, frames: 200 })], SETTINGS))).toBe(
      'encoder/mixed-rates',
    );
  });

  it('fits the linear encoder to equal bytes twice, and finds each moment in its own clip', () => {
    const encoder = trainLinear(walks, SETTINGS);
    expect(bytesOf(encoder)).toEqual(bytesOf(trainLinear(walks, SETTINGS)));
    expect(encoder.dim).toBe(6);
    const tables = walks.map((walk) => queryLatents(encoder, walk).latents);
    const query = tables[4].subarray(6 * 40, 6 * 41);
    const gap = (table: Float32Array, f: number): number =>
      query.reduce((sum, value, k) => sum + (value - table[6 * f + k]) ** 2, 0);
    const nearest = tables.map((table) =>
      Math.min(...Array.from({ length: table.length / 6 }, (_, f) => gap(table, f))),
    );
    expect(nearest.indexOf(Math.min(...nearest))).toBe(4);
  });
});

describe('trainNetworkEncoder', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = (await chooseEngine('auto')).engine;
  });

  it('lowers the held-out error, repeats to the byte, and goes on from a checkpoint to the same bytes', async () => {
    const kept: Uint8Array[] = [];
    const whole = await trainNetworkEncoder(engine, walks, SETTINGS, {
      onEpoch: async (state) => void kept.push(writeCheckpoint(state, 'key')),
    });
    const errors = whole.state.curve.map(({ heldOutCm }) => heldOutCm);
    expect(errors).toHaveLength(3);
    expect(errors[2]).toBeLessThan(errors[0]);
    expect(whole.heldOutClips).toHaveLength(2);

    expect(bytesOf((await trainNetworkEncoder(engine, walks, SETTINGS)).encoder)).toEqual(
      bytesOf(whole.encoder),
    );

    const resumed = readCheckpoint(kept[0], 'key', 'checkpoint') as TrainingState;
    expect(resumed.curve).toHaveLength(1);
    const rest = await trainNetworkEncoder(engine, walks, SETTINGS, {}, resumed);
    expect(rest.state.curve).toEqual(whole.state.curve);
    expect(bytesOf(rest.encoder)).toEqual(bytesOf(whole.encoder));
  });

  it('puts queries near the true futures that the database holds', async () => {
    const { encoder } = await trainNetworkEncoder(engine, walks, { ...SETTINGS, noiseShare: 0, epochs: 8 });
    const queries = queryLatents(encoder, walks[1]);
    const database = databaseLatents(encoder, walks[1]);
    let [near, spread] = [0, 0];
    for (let i = 6 * 20; i < 6 * 80; i++) {
      near += (queries.latents[i] - database.latents[i]) ** 2;
      spread += database.latents[i] ** 2;
    }
    expect(near).toBeLessThan(0.1 * spread);
  });

  it('gives queries that know nothing of the limbs to come', async () => {
    const { encoder } = await trainNetworkEncoder(engine, walks, { ...SETTINGS, epochs: 1 });
    const K = 60;
    const walk = walks[2];
    const width = 3 * LEG_ROLES.length;
    const altered = walk.positions.map((value, i) =>
      Math.floor(i / width) > K && LEG_ROLES[Math.floor((i % width) / 3)].startsWith('foot')
        ? value + 0.2
        : value,
    );
    const other = makeMotionTrack('other', LEG_ROLES, altered, 30);
    const until = 6 * (K - 1);
    expect(queryLatents(encoder, other).latents.slice(0, until)).toEqual(
      queryLatents(encoder, walk).latents.slice(0, until),
    );
    expect(databaseLatents(encoder, other).latents.slice(0, until)).not.toEqual(
      databaseLatents(encoder, walk).latents.slice(0, until),
    );
  });

  it('marks the frames that have their past and future in the clip', async () => {
    const encoder = trainLinear(walks, SETTINGS);
    const { latents, valid } = queryLatents(encoder, madeWalk({ frames: 61 }));
    expect(valid.indexOf(1)).toBe(12);
    expect(valid.lastIndexOf(1)).toBe(30);
    expect(latents.every(Number.isFinite)).toBe(true);
    expect(queryLatents(encoder, madeWalk({ frames: 5 })).valid).toEqual(new Uint8Array(5));
  });

  it('refuses tracks of another body or rate', async () => {
    const encoder = trainLinear(walks, SETTINGS);
    expect(await codeOf(() => queryLatents(encoder, madeWalk({ rateHz: 60 })))).toBe('encoder/other-rate');
    const fewer = { ...walks[0], roles: walks[0].roles.slice(1) };
    expect(await codeOf(() => databaseLatents({ ...encoder }, fewer))).toBe('encoder/other-skeleton');
  });

  it('stops when it is told to, and when numbers are none', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(await codeOf(() => trainNetworkEncoder(engine, walks, SETTINGS, { signal: abort.signal }))).toBe(
      'encoder/cancelled',
    );
    const broken = makeMotionTrack(
      'broken',
      LEG_ROLES,
      walks[0].positions.map((v, i) => (i === 900 ? Number.NaN : v)),
      30,
    );
    expect(await codeOf(() => trainNetworkEncoder(engine, [...walks, broken], SETTINGS))).toBe(
      'encoder/not-finite-clip',
    );
    expect(() => trainLinear([...walks, broken], SETTINGS)).toThrow(/broken holds .* in frame \d+/);
  });

  it('stops where the loss blows up, and names the batch and a clip', async () => {
    const wild = { ...SETTINGS, learningRate: 1e30 };
    await expect(trainNetworkEncoder(engine, walks, wild)).rejects.toMatchObject({
      code: 'encoder/not-finite-loss',
      message: expect.stringMatching(/epoch 1, batch \d+, whose most extreme input is walk \d+, frame \d+/),
    });
    const pretrained = { ...wild, pretraining: 'autoencoder' } as const;
    await expect(trainNetworkEncoder(engine, walks, pretrained)).rejects.toMatchObject({
      code: 'encoder/not-finite-loss',
      message: expect.stringMatching(
        /^Pre-training: .* in step \d+ of \d+, whose most extreme input is walk \d+, frame \d+/,
      ),
    });
  });

  it.each(['inception', 'resnext'] as const)('trains %s, whose file encodes alike', async (family) => {
    const settings = { ...SETTINGS, family, survival: family === 'resnext' ? 0.5 : 1, epochs: 2 };
    const { encoder, state } = await trainNetworkEncoder(engine, walks.slice(0, 5), settings);
    expect(state.curve[1].heldOutCm).toBeLessThan(state.curve[0].heldOutCm);
    const read = readEncoder(bytesOf(encoder), family).encoder;
    expect(queryLatents(read, walks[6])).toEqual(queryLatents(encoder, walks[6]));
  });

  it('wants two clips, one to check against', async () => {
    expect(await codeOf(() => trainNetworkEncoder(engine, [madeWalk({ frames: 400 })], SETTINGS))).toBe(
      'encoder/too-few-samples',
    );
  });

  it('takes all moments at once where they are fewer than a batch', async () => {
    const { state } = await trainNetworkEncoder(engine, walks, { ...SETTINGS, batch: 100_000, epochs: 2 });
    expect(state.adam.step).toBe(2);
  });
});

describe('readCheckpoint', () => {
  it('passes over a state of other clips or settings', async () => {
    const state = { parameters: [], best: [], adam: { step: 4, first: [], second: [] }, curve: [] };
    const bytes = writeCheckpoint(state, 'these clips');
    expect(readCheckpoint(bytes, 'other clips', 'x')).toBeUndefined();
    expect(readCheckpoint(bytes, 'these clips', 'x')?.adam.step).toBe(4);
    expect(await codeOf(() => readCheckpoint(bytes.slice(0, -1), 'these clips', 'x'))).toBe(
      'encoder/damaged-file',
    );
  });
});

describe('mirrorTrack', () => {
  it('turns a left turn into a right turn, and twice gives the clip back', () => {
    const left = madeWalk({ turn: 0.5, cadence: 1 });
    const mirrored = mirrorTrack(left);
    expect(mirrored.rootX.at(-1)).toBeCloseTo(-(left.rootX.at(-1) ?? Number.NaN), 9);
    expect(mirrored.facingX.at(-1)).toBeCloseTo(-(left.facingX.at(-1) ?? Number.NaN), 9);
    expect(mirrored.facingZ.at(-1)).toBeCloseTo(left.facingZ.at(-1) ?? Number.NaN, 9);
    expect(mirrorTrack(mirrored).positions).toEqual(left.positions);
  });

  it('refuses a limb without its counterpart', async () => {
    const walk = madeWalk();
    const lame = { ...walk, roles: walk.roles.map((role) => (role === 'calfR' ? 'head' : role)) };
    expect(await codeOf(() => mirrorTrack(lame))).toBe('motion/one-sided');
  });
});
