import { z } from 'zod';
import { FeatureSchema } from '../features/schema.js';

/** More numbers than any array of a database may claim to hold. */
const MOST = 2 ** 40;
const count = z.int().min(0).max(MOST);
const name = z.string().max(4096);

/** Bits of a tag mask. */
export const MOST_TAGS = 32;

const ARRAY_NAMES = [
  'rows',
  'mean',
  'factor',
  'valid',
  'contacts',
  'roots',
  'tagMask',
  'costBias',
  'continuingBias',
  'rowOffset',
  'rowStep',
] as const;

const ArrayEntry = z.strictObject({
  name: z.enum(ARRAY_NAMES),
  type: z.enum(['float32', 'float64', 'uint8', 'uint32', 'float16', 'int8']),
  shape: z.array(count).min(1).max(2),
  /** Bytes from the start of the file, a multiple of 16. */
  offset: count.refine((value) => value % 16 === 0, 'must be a multiple of 16'),
});

/** The JSON header of a `.gwdb` file, version 3. */
export const DatabaseHeader = z.strictObject({
  format: z.literal('gaitway motion database'),
  units: z.literal('metres, seconds; Y up, facing +Z, left is +X'),
  rateHz: z.number().positive().max(1e6),
  dimension: z.int().min(1).max(65536),
  frameCount: count,
  content: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('features'), schema: FeatureSchema, flat: z.array(name) }),
    z.strictObject({ kind: z.literal('latents'), encoder: name, encoderHash: name }),
  ]),
  blocks: z.array(
    z.strictObject({
      name,
      channel: name,
      channelIndex: count.optional(),
      time: z.number().optional(),
      offset: count,
      size: z.int().min(1).max(65536),
    }),
  ),
  joints: z.array(
    z.strictObject({
      name,
      parent: z.int().min(-1),
      offset: z.tuple([z.number(), z.number(), z.number()]),
    }),
  ),
  roles: z.record(name, name),
  clips: z
    .array(
      z.strictObject({
        name,
        source: name,
        start: count,
        firstFrame: count,
        sourceFrameCount: count.optional(),
        frameCount: z.int().min(1).max(MOST),
        validCount: count,
        hash: name,
        mirrored: z.boolean(),
        loops: z.boolean(),
      }),
    )
    .min(1),
  tags: z.array(name).max(MOST_TAGS),
  arrays: z.array(ArrayEntry).max(ARRAY_NAMES.length),
  /** SHA-256 of every byte after the header. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DatabaseHeader = z.infer<typeof DatabaseHeader>;
/** What a file says of a database beside its arrays. */
export const DatabaseFacts = DatabaseHeader.omit({ arrays: true, contentHash: true });
export type DatabaseFacts = z.infer<typeof DatabaseFacts>;
export type DatabaseArray = DatabaseHeader['arrays'][number];
