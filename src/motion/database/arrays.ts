import type { MotionDatabase } from './database.js';
import { type DatabaseArray, DatabaseFacts } from './header.js';
import { packRows } from './row-storage.js';

/** An array of a database, with its name and shape as files have them. */
export interface NamedArray extends Omit<DatabaseArray, 'offset'> {
  readonly data: Float32Array | Float64Array | Uint8Array | Uint32Array;
}

/** An array as a file holds it. */
export interface StoredArray extends Omit<DatabaseArray, 'offset'> {
  readonly data: NamedArray['data'] | Uint16Array | Int8Array;
}

/** All arrays of a database, in the order of its file, as they are in memory. */
export function arraysOf(database: MotionDatabase): NamedArray[] {
  const { frameCount, dimension } = database;
  return [
    { name: 'rows', type: 'float32', shape: [frameCount, dimension], data: database.rows },
    { name: 'mean', type: 'float64', shape: [dimension], data: database.mean },
    { name: 'factor', type: 'float64', shape: [dimension], data: database.factor },
    { name: 'valid', type: 'uint8', shape: [frameCount], data: database.valid },
    { name: 'contacts', type: 'uint8', shape: [frameCount, 2], data: database.contacts },
    { name: 'roots', type: 'float32', shape: [frameCount, 4], data: database.roots },
    { name: 'tagMask', type: 'uint32', shape: [frameCount], data: database.tagMask },
    { name: 'costBias', type: 'float32', shape: [frameCount], data: database.costBias },
    { name: 'continuingBias', type: 'float32', shape: [frameCount], data: database.continuingBias },
  ];
}

/** All arrays as a file holds them: rows may be packed, and what unpacks them stands behind. */
export function storedArraysOf(database: MotionDatabase): StoredArray[] {
  const { rows, dimension, storage } = database;
  const [inMemory, ...others] = arraysOf(database);
  if (!storage) return [inMemory, ...others];
  const type = storage.kind === 'f16' ? 'float16' : 'int8';
  const packed = { ...inMemory, type, data: packRows(rows, dimension, storage) } as const;
  if (storage.kind === 'f16') return [packed, ...others];
  const grid = { type: 'float32' as const, shape: [dimension] };
  return [
    packed,
    ...others,
    { name: 'rowOffset', ...grid, data: storage.offset },
    { name: 'rowStep', ...grid, data: storage.step },
  ];
}

/** What a file says of a database beside its arrays, in one order however the database came to be. */
export function factsOf(database: MotionDatabase): DatabaseFacts {
  const { rateHz, dimension, frameCount, content, blocks, joints, roles, clips, tags } = database;
  return DatabaseFacts.parse({
    format: 'gaitway motion database',
    units: 'metres, seconds; Y up, facing +Z, left is +X',
    ...{ rateHz, dimension, frameCount, content, blocks, joints, roles, clips, tags },
  });
}

/** Values by which an array says nothing of any frame, so that it can be left out of a file. */
export const SILENCE: Readonly<Record<string, (value: number) => boolean>> = {
  tagMask: (value) => value === 0,
  costBias: (value) => value === 0,
  continuingBias: Number.isNaN,
};
