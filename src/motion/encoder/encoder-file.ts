import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { type ArrayFileKind, type FileArray, packArrays, unpackArrays } from './array-file.js';
import type { Encoder } from './encoder.js';
import { inputBlocks } from './inputs.js';
import { type DenseLayer, networkRunner } from './network.js';
import { sizeOfBlocks } from './rows.js';

/**
 * Version history of the file's form.
 *
 * 1  first release
 */
const VERSION = 1;

const KIND: ArrayFileKind = {
  magic: 'GWEN',
  version: VERSION,
  noun: 'an encoder',
  remedy: 'Train it again with "gaitway train".',
};

const times = z.array(z.number().min(0).max(10));
const LayerHeader = z.strictObject({
  inputs: z.int().positive(),
  outputs: z.int().positive(),
  activation: z.enum(['relu', 'none']),
});
const EncoderHeader = z.strictObject({
  kind: z.enum(['linear', 'mlp']),
  dim: z.int().positive().max(1024),
  plan: z.strictObject({
    roles: z.array(z.string()).min(1).max(1000),
    rateHz: z.number().positive(),
    pathAhead: times,
    pathBehind: times,
    poseBehind: times,
  }),
  legs: z.tuple([z.number().positive(), z.number().positive()]),
  layers: z.array(LayerHeader).max(100),
  boneMaps: z.array(z.record(z.string(), z.string())).max(100),
  record: z.record(z.string(), z.unknown()),
});

/** An encoder as it is kept, with what is needed to use it and to know where it comes from. */
export interface SavedEncoder {
  readonly encoder: Encoder;
  /** Joint names by role, one map for each kind of skeleton that was learned from. */
  readonly boneMaps: readonly Readonly<Record<string, string>>[];
  /** How it was trained: data, settings, engine, curve. For people; nothing reads it back. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** The bytes of an encoder: arrays as they are in memory, so that reading gives back equal latents to the bit. */
export function writeEncoder({ encoder, boneMaps, record }: SavedEncoder): Uint8Array {
  const { kind, dim, plan, legs, scaling, network, future } = encoder;
  const header: z.infer<typeof EncoderHeader> = {
    kind,
    dim,
    plan: {
      roles: [...plan.roles],
      rateHz: plan.rateHz,
      pathAhead: [...plan.pathAhead],
      pathBehind: [...plan.pathBehind],
      poseBehind: [...plan.poseBehind],
    },
    legs: [...legs],
    layers: network.layers.map(({ inputs, outputs, activation }) => ({ inputs, outputs, activation })),
    boneMaps: boneMaps.map((map) => ({ ...map })),
    record,
  };
  const arrays: Record<string, FileArray> = { 'input.mean': scaling.mean, 'input.scale': scaling.scale };
  network.layers.forEach(({ weights, bias }, n) => {
    arrays[`layer${n}.weights`] = weights;
    arrays[`layer${n}.bias`] = bias;
  });
  if (network.shortcut) arrays.shortcut = network.shortcut;
  if (future) {
    arrays['future.mean'] = future.scaling.mean;
    arrays['future.scale'] = future.scaling.scale;
    arrays['future.projection'] = future.projection;
  }
  return packArrays(KIND, header, arrays);
}

/**
 * Reads an encoder.
 *
 * @param name What the file is called in error sentences.
 * @throws GaitwayError `encoder/damaged-file`, `encoder/newer-file`.
 */
export function readEncoder(bytes: Uint8Array, name: string): SavedEncoder {
  const { content, arrays } = unpackArrays(KIND, bytes, name);
  const damaged = (what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(
      'encoder/damaged-file',
      `${name} cannot be read as ${KIND.noun}: ${what}. ${KIND.remedy}`,
      { file: name },
      cause,
    );
  const parsed = EncoderHeader.safeParse(content);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const { kind, dim, plan, legs, layers: shapes, boneMaps, record } = parsed.data;
  const take = <T extends FileArray>(key: string, type: new (n: number) => T, length: number): T => {
    const array = arrays[key];
    if (!(array instanceof type) || array.length !== length)
      throw damaged(`its array ${key} is not there in the size ${length}`);
    return array;
  };
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const layers: DenseLayer[] = shapes.map((shape, n) => ({
    ...shape,
    weights: take(`layer${n}.weights`, Float32Array, shape.inputs * shape.outputs),
    bias: take(`layer${n}.bias`, Float32Array, shape.outputs),
  }));
  const shortcut = arrays.shortcut ? take('shortcut', Float32Array, inputs * dim) : undefined;
  const futureSize = arrays['future.mean']?.length;
  const encoder: Encoder = {
    kind,
    dim,
    plan,
    legs,
    scaling: {
      mean: take('input.mean', Float64Array, inputs),
      scale: take('input.scale', Float64Array, inputs),
    },
    network: { inputs, outputs: dim, layers, ...(shortcut && { shortcut }) },
    ...(futureSize !== undefined && {
      future: {
        scaling: {
          mean: take('future.mean', Float64Array, futureSize),
          scale: take('future.scale', Float64Array, futureSize),
        },
        projection: take('future.projection', Float32Array, futureSize * dim),
      },
    }),
  };
  try {
    networkRunner(encoder.network);
  } catch (error) {
    throw damaged('its layers do not fit together', error);
  }
  return { encoder, boneMaps, record };
}
