import type { MotionDatabase } from './database.js';
import { type DatabaseArray, DatabaseFacts } from './header.js';

/** An array of a database, with its name and shape as files have them. */
export interface NamedArray extends Omit<DatabaseArray, 'offset'> {
  readonly data: Float32Array | Float64Array | Uint8Array | Uint32Array;
}

/** All arrays of a database, in the order of its file. */
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

/** What a file says of a database beside its arrays, in one order however the database came to be. */
export function factsOf(database: MotionDatabase): DatabaseFacts {
  const { rateHz, dimension, frameCount, content, blocks, joints, roles, clips, tags } = database;
  return DatabaseFacts.parse({
    format: 'gaitway motion database',
    units: 'metres, seconds; Y up, facing +Z, left is +X',
    ...{ rateHz, dimension, frameCount, content, blocks, joints, roles, clips, tags },
  });
}
