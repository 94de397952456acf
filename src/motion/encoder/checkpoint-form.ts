import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../../errors.js';
import { type ArrayFileKind, type FileArray, packArrays, unpackArrays } from './array-file.js';
import type { TrainingState } from './training-state.js';

const headerOf = <Report>(report: z.ZodType<Report>) =>
  z.strictObject({
    /** Names the clips and settings that the state belongs to. */
    key: z.string(),
    step: z.int().min(0),
    curve: z.array(report),
    pretrained: z.strictObject({ loss: z.number(), checkerboard: z.number().optional() }).optional(),
    parameters: z.array(
      z.strictObject({
        shape: z.tuple([z.int().positive(), z.int().positive()]),
        decays: z.boolean(),
      }),
    ),
  });

/** The bytes of a state of training. @param key Names the clips and settings it belongs to. */
export function packState<Report>(
  kind: ArrayFileKind,
  { parameters, best, adam, curve, pretrained }: TrainingState<Report>,
  key: string,
): Uint8Array {
  const arrays: Record<string, FileArray> = {};
  parameters.forEach(({ values }, n) => {
    arrays[`${n}.values`] = values;
    arrays[`${n}.best`] = best[n];
    arrays[`${n}.first`] = adam.first[n];
    arrays[`${n}.second`] = adam.second[n];
  });
  const header = {
    key,
    step: adam.step,
    curve,
    ...(pretrained && { pretrained }),
    parameters: parameters.map(({ shape, decays }) => ({ shape: [shape[0], shape[1]], decays })),
  };
  return packArrays(kind, header, arrays);
}

/**
 * Reads a state of training; nothing where it belongs to other clips or settings than `key`, or to an earlier Gaitway.
 *
 * @param report What a curve tells of an epoch.
 * @throws GaitwayError `encoder/damaged-file`, `encoder/newer-file`.
 */
export function unpackState<Report>(
  kind: ArrayFileKind,
  report: z.ZodType<Report>,
  bytes: Uint8Array,
  key: string,
  name: string,
): TrainingState<Report> | undefined {
  const { version, content, arrays } = unpackArrays(kind, bytes, name);
  if (version < kind.version) return undefined;
  const parsed = headerOf(report).safeParse(content);
  const damaged = (what: string): GaitwayError =>
    new GaitwayError(
      'encoder/damaged-file',
      `${name} cannot be read as ${kind.noun}: ${what}. ${kind.remedy}`,
      { file: name },
    );
  if (!parsed.success) throw damaged(faultsInWords(parsed.error.issues).replaceAll('\n', '; '));
  const { step, curve, pretrained, parameters } = parsed.data;
  if (parsed.data.key !== key) return undefined;
  const take = (n: number, what: string): Float32Array => {
    const array = arrays[`${n}.${what}`];
    const [rows, columns] = parameters[n].shape;
    if (!(array instanceof Float32Array) || array.length !== rows * columns)
      throw damaged(`its array ${n}.${what} is not there in full`);
    return array;
  };
  return {
    parameters: parameters.map((parameter, n) => ({ ...parameter, values: take(n, 'values') })),
    best: parameters.map((_, n) => take(n, 'best')),
    adam: {
      step,
      first: parameters.map((_, n) => take(n, 'first')),
      second: parameters.map((_, n) => take(n, 'second')),
    },
    curve,
    ...(pretrained && { pretrained }),
  };
}
