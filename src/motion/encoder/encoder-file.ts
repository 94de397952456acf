import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../../errors.js';
import { ArchitectureHeader, architectureHeader } from './architecture-header.js';
import { type ArrayFileKind, type FileArray, packArrays, unpackArrays } from './array-file.js';
import type { Encoder } from './encoder.js';
import { fromVersion1 } from './encoder-file-v1.js';
import { FAMILY_NAMES } from './families/families.js';
import { inputBlocks } from './inputs.js';
import { badNetwork, parametersOf } from './layers.js';
import { checkNetwork, type Network } from './network.js';
import { PlanHeader, planHeader } from './plan-header.js';
import { sizeOfBlocks } from './rows.js';

/**
 * Version history of the file's form.
 *
 * 1  dense layers only
 * 2  any architecture: convolutions over a window in time, residual blocks, branches
 */
const VERSION = 2;

const KIND: ArrayFileKind = {
  magic: 'GWEN',
  version: VERSION,
  noun: 'an encoder',
  remedy: 'Train it again with "gaitway train".',
};

const EncoderHeader = z.strictObject({
  kind: z.enum(['linear', ...FAMILY_NAMES]),
  dim: z.int().positive().max(1024),
  plan: PlanHeader,
  legs: z.tuple([z.number().positive(), z.number().positive()]),
  network: ArchitectureHeader,
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
  const header: z.input<typeof EncoderHeader> = {
    kind,
    dim,
    plan: planHeader(plan),
    legs: [...legs],
    network: architectureHeader(network.architecture),
    boneMaps: boneMaps.map((map) => ({ ...map })),
    record,
  };
  const arrays: Record<string, FileArray> = { 'input.mean': scaling.mean, 'input.scale': scaling.scale };
  network.arrays.forEach((array, n) => {
    arrays[`network.${n}`] = array;
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
  const { version, content, arrays } = unpackArrays(KIND, bytes, name);
  const damaged = (what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(
      'encoder/damaged-file',
      `${name} cannot be read as ${KIND.noun}: ${what}. ${KIND.remedy}`,
      { file: name },
      cause,
    );
  const parsed = EncoderHeader.safeParse(version === 1 ? fromVersion1(content, arrays) : content);
  if (!parsed.success) throw damaged(faultsInWords(parsed.error.issues).replaceAll('\n', '; '));
  const { kind, dim, plan, legs, network: architecture, boneMaps, record } = parsed.data;
  const take = <T extends FileArray>(key: string, type: new (n: number) => T, length: number): T => {
    const array = arrays[key];
    if (!(array instanceof type) || array.length !== length)
      throw damaged(`its array ${key} is not there in the size ${length}`);
    return array;
  };
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const shortcut = arrays.shortcut ? take('shortcut', Float32Array, inputs * dim) : undefined;
  const futureSize = arrays['future.mean']?.length;
  let network: Network;
  try {
    network = {
      architecture,
      arrays: parametersOf(architecture).map(({ shape }, n) =>
        take(`network.${n}`, Float32Array, shape[0] * shape[1]),
      ),
      ...(shortcut && { shortcut }),
    };
    if (architecture.inputs !== inputs || architecture.outputs !== dim)
      throw badNetwork(`it takes ${architecture.inputs} numbers and gives ${architecture.outputs}`);
    checkNetwork(network);
  } catch (error) {
    if (error instanceof GaitwayError && error.code === 'encoder/damaged-file') throw error;
    throw damaged('its layers do not fit together', error);
  }
  const encoder: Encoder = {
    kind,
    dim,
    plan,
    legs,
    scaling: {
      mean: take('input.mean', Float64Array, inputs),
      scale: take('input.scale', Float64Array, inputs),
    },
    network,
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
  return { encoder, boneMaps, record };
}
