import { z } from 'zod';
import type { ArrayFileKind } from '../encoder/array-file.js';
import { packState, unpackState } from '../encoder/checkpoint-form.js';
import type { TrainingState } from '../encoder/training-state.js';
import type { TaggerEpoch } from './fit-windows.js';

const KIND: ArrayFileKind = {
  magic: 'GWTT',
  version: 1,
  noun: "a checkpoint of a tagger's training",
  remedy: 'Delete it to train from the beginning.',
};

const Epoch = z.strictObject({ epoch: z.int(), learned: z.number(), heldOut: z.number().exactOptional() });

/** The bytes of a state of a tagger's training; see `packState`. */
export const writeTaggerCheckpoint = (state: TrainingState<TaggerEpoch>, key: string): Uint8Array =>
  packState(KIND, state, key);

/** Reads a state of a tagger's training; see `unpackState`. */
export const readTaggerCheckpoint = (
  bytes: Uint8Array,
  key: string,
  name: string,
): TrainingState<TaggerEpoch> | undefined => unpackState(KIND, Epoch, bytes, key, name);
