import { z } from 'zod';
import type { ArrayFileKind } from './array-file.js';
import { packState, unpackState } from './checkpoint-form.js';
import type { TrainingState } from './training-state.js';

const KIND: ArrayFileKind = {
  magic: 'GWTC',
  version: 2,
  noun: 'a training checkpoint',
  remedy: 'Delete it to train from the beginning.',
};

const Epoch = z.strictObject({ epoch: z.int(), trainCm: z.number(), heldOutCm: z.number() });

/** The bytes of a state of an encoder's training; see `packState`. */
export const writeCheckpoint = (state: TrainingState, key: string): Uint8Array => packState(KIND, state, key);

/** Reads a state of an encoder's training; see `unpackState`. */
export const readCheckpoint = (bytes: Uint8Array, key: string, name: string): TrainingState | undefined =>
  unpackState(KIND, Epoch, bytes, key, name);
