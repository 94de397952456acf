import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/math/random.js';
import { databaseLatents, type Encoder, queryLatents } from '../../../../src/motion/encoder/encoder.js';
import { type EncoderSide, encoderToOnnx } from '../../../../src/motion/encoder/export/encoder-onnx.js';
import { architectureOf, FAMILY_NAMES, planOf } from '../../../../src/motion/encoder/families/families.js';
import { inputBlocks, inputColumns, writeInput } from '../../../../src/motion/encoder/inputs.js';
import { parametersOf } from '../../../../src/motion/encoder/layers.js';
import { initialParameters } from '../../../../src/motion/encoder/parameters.js';
import { sizeOfBlocks } from '../../../../src/motion/encoder/rows.js';
import { targetBlocks, targetColumns, writeTarget } from '../../../../src/motion/encoder/targets.js';
import { trainLinear } from '../../../../src/motion/encoder/train-linear.js';
import { LEG_ROLES, madeWalk } from '../../made-tracks.js';
import { madeWalks } from '../made-clips.js';

type Runtime = typeof import('onnxruntime-node');
let runtime: Runtime | undefined;
try {
  runtime = createRequire(import.meta.url)('onnxruntime-node') as Runtime;
} catch {
  runtime = undefined;
}

const DIM = 6;
const walk = madeWalk({ turn: 0.5, cadence: 1.5, frames: 90 });
const frames = Array.from({ length: 20 }, (_, n) => 20 + 2 * n);

/** An encoder of a family with drawn weights, whose database side is a drawn projection of the future. */
function drawnEncoder(family: (typeof FAMILY_NAMES)[number]): Encoder {
  const random = seededRandom(4);
  const numbers = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
  const scaling = (size: number) => ({ mean: numbers(size), scale: numbers(size).map((v) => 1 + v * v) });
  const plan = planOf(family, LEG_ROLES, 30);
  const built = architectureOf(family, plan, { outputs: DIM, survival: 0.6 });
  const architecture = { ...built, auxiliary: [] };
  const future = sizeOfBlocks(targetBlocks(LEG_ROLES.length));
  return {
    kind: family,
    dim: DIM,
    plan,
    legs: [0.5, 1.5],
    scaling: scaling(architecture.inputs),
    network: {
      architecture,
      arrays: initialParameters(architecture, 2)
        .slice(0, parametersOf(architecture).length)
        .map(({ values }) => values.map((v) => v + 0.02 * random.normal())),
      shortcut: Float32Array.from(numbers(architecture.inputs * DIM), (v) => 0.1 * v),
    },
    future: { scaling: scaling(future), projection: Float32Array.from(numbers(future * DIM)) },
  };
}

const ENCODERS: [string, Encoder][] = [
  ['linear', trainLinear(madeWalks(6), { dim: DIM, seed: 1, noiseShare: 0 })],
  ...FAMILY_NAMES.map((family): [string, Encoder] => [family, drawnEncoder(family)]),
];

/** What the model makes of the raw rows of `frames`, and what the encoder does. */
async function bothOf(encoder: Encoder, side: EncoderSide): Promise<[number[], number[]]> {
  const { InferenceSession, Tensor } = runtime as Runtime;
  const { bytes, columns, dim } = encoderToOnnx(encoder, side);
  const session = await InferenceSession.create(bytes);
  expect(session.inputMetadata).toMatchObject([
    { name: 'input', type: 'float32', shape: [1, columns.length] },
  ]);
  expect(session.outputMetadata).toMatchObject([{ name: 'latent', type: 'float32', shape: [1, dim] }]);
  const { latents } = (side === 'query' ? queryLatents : databaseLatents)(encoder, walk);
  const row = new Float64Array(columns.length);
  const [theirs, ours]: [number[], number[]] = [[], []];
  for (const frame of frames) {
    if (side === 'database' && encoder.future) writeTarget(walk, frame, row);
    else writeInput(walk, frame, encoder.plan, row);
    const input = new Tensor('float32', Float32Array.from(row), [1, row.length]);
    theirs.push(...((await session.run({ input })).latent.data as Float32Array));
    ours.push(...latents.subarray(frame * dim, (frame + 1) * dim));
  }
  await session.release();
  return [theirs, ours];
}

describe.each(ENCODERS)('the ONNX model of %s', (_, encoder) => {
  it.skipIf(!runtime).each(['query', 'database'] as const)(
    'gives what the encoder gives on its %s side, to 1e-5 of its scale (skipped without onnxruntime-node)',
    async (side) => {
      const [theirs, ours] = await bothOf(encoder, side);
      const scale = Math.max(...ours.map(Math.abs));
      expect(scale).toBeGreaterThan(0.1);
      for (const [i, value] of ours.entries()) expect(Math.abs(theirs[i] - value) / scale).toBeLessThan(1e-5);
    },
  );

  it('names every number of its input', () => {
    const { columns } = encoderToOnnx(encoder, 'query');
    expect(columns).toHaveLength(sizeOfBlocks(inputBlocks(encoder.plan)));
    expect(new Set(columns).size).toBe(columns.length);
  });
});

it('says what the numbers are, beside the graph', () => {
  const [, encoder] = ENCODERS[1];
  const text = new TextDecoder('latin1').decode(encoderToOnnx(encoder, 'database').bytes);
  for (const told of ['gaitway.columns', 'pose 1.000 s ahead footR z', 'gaitway.rateHz', 'Unreal'])
    expect(text).toContain(told);
  expect(inputColumns(encoder.plan)).toContain('path 0.333 s ahead facing z');
  expect(targetColumns(LEG_ROLES)[0]).toBe(`pose ${LEG_ROLES[0]} x`);
});

it('gives equal bytes twice', () => {
  const [, encoder] = ENCODERS[5];
  const [once, again] = [encoderToOnnx(encoder, 'query').bytes, encoderToOnnx(encoder, 'query').bytes];
  expect(Buffer.compare(once, again)).toBe(0);
});
