import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../../errors.js';
import { ArchitectureHeader, architectureHeader } from '../encoder/architecture-header.js';
import { type ArrayFileKind, type FileArray, packArrays, unpackArrays } from '../encoder/array-file.js';
import { inputBlocks } from '../encoder/inputs.js';
import { badNetwork, parametersOf } from '../encoder/layers.js';
import { networkRunner } from '../encoder/network.js';
import { PlanHeader, planHeader } from '../encoder/plan-header.js';
import { sizeOfBlocks } from '../encoder/rows.js';
import { segmenter } from './segmenter.js';
import { classesOf } from './tag-groups.js';
import type { Tagger } from './tagger.js';

/**
 * Version history of the file's form.
 *
 * 1  first
 */
const VERSION = 1;

const KIND: ArrayFileKind = {
  magic: 'GWTG',
  version: VERSION,
  noun: 'a tagger',
  remedy: 'Train it again with "gaitway train-tagger".',
};

const TaggerHeader = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        tags: z.array(z.string().min(1)).min(1).max(250),
        optional: z.boolean(),
        labels: z.array(z.array(z.string())),
      }),
    )
    .min(1)
    .max(100),
  plan: PlanHeader,
  standard: z.strictObject({ leg: z.number().positive(), floor: z.number() }),
  body: ArchitectureHeader,
  boneMaps: z.array(z.record(z.string(), z.string())).max(100),
  record: z.record(z.string(), z.unknown()),
});

/** A tagger as it is kept, with what is needed to use it and to know where it comes from. */
export interface SavedTagger {
  readonly tagger: Tagger;
  /** Joint names by role, one map for each kind of skeleton that was learned from. */
  readonly boneMaps: readonly Readonly<Record<string, string>>[];
  /** How it was trained. For people; nothing reads it back. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** The bytes of a tagger: arrays as they are in memory, so that reading gives back equal tags to the bit. */
export function writeTagger({ tagger, boneMaps, record }: SavedTagger): Uint8Array {
  const { groups, plan, standard, scaling, body, overTime } = tagger;
  const header: z.input<typeof TaggerHeader> = {
    groups: groups.map(({ name, tags, optional, labels }) => ({
      name,
      tags: [...tags],
      optional,
      labels: labels.map((own) => [...own]),
    })),
    plan: planHeader(plan),
    standard: { ...standard },
    body: architectureHeader(body.architecture),
    boneMaps: boneMaps.map((map) => ({ ...map })),
    record,
  };
  const arrays: Record<string, FileArray> = { 'input.mean': scaling.mean, 'input.scale': scaling.scale };
  body.arrays.forEach((array, n) => {
    arrays[`body.${n}`] = array;
  });
  overTime.forEach((array, n) => {
    arrays[`time.${n}`] = array;
  });
  return packArrays(KIND, header, arrays);
}

/**
 * Reads a tagger.
 *
 * @param name What the file is called in error sentences.
 * @throws GaitwayError `encoder/damaged-file`, `encoder/newer-file`.
 */
export function readTagger(bytes: Uint8Array, name: string): SavedTagger {
  const { content, arrays } = unpackArrays(KIND, bytes, name);
  const damaged = (what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(
      'encoder/damaged-file',
      `${name} cannot be read as ${KIND.noun}: ${what}. ${KIND.remedy}`,
      { file: name },
      cause,
    );
  const parsed = TaggerHeader.safeParse(content);
  if (!parsed.success) throw damaged(faultsInWords(parsed.error.issues).replaceAll('\n', '; '));
  const { groups, plan, standard, body: architecture, boneMaps, record } = parsed.data;
  const take = <T extends FileArray>(key: string, type: new (n: number) => T, length: number): T => {
    const array = arrays[key];
    if (!(array instanceof type) || array.length !== length)
      throw damaged(`its array ${key} is not there in the size ${length}`);
    return array;
  };
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const takeAll = (of: Parameters<typeof parametersOf>[0], prefix: string): Float32Array[] =>
    parametersOf(of).map(({ shape }, n) => take(`${prefix}.${n}`, Float32Array, shape[0] * shape[1]));
  try {
    const body = { architecture, arrays: takeAll(architecture, 'body') };
    if (architecture.inputs !== inputs) throw badNetwork(`it takes ${architecture.inputs} numbers`);
    networkRunner(body);
    const tagger: Tagger = {
      groups,
      plan,
      standard,
      scaling: {
        mean: take('input.mean', Float64Array, inputs),
        scale: take('input.scale', Float64Array, inputs),
      },
      body,
      overTime: takeAll(segmenter(architecture.outputs, classesOf(groups), 1), 'time'),
    };
    return { tagger, boneMaps, record };
  } catch (error) {
    if (error instanceof GaitwayError && error.code === 'encoder/damaged-file') throw error;
    throw damaged('its layers do not fit together', error);
  }
}
