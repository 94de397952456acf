import { z } from 'zod';

const vec3 = z.tuple([z.number(), z.number(), z.number()]).readonly();
const quat = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();
const rate = z.object({ numerator: z.int().positive(), denominator: z.int().positive() });

const StoredArray = z.object({
  name: z.string(),
  type: z.enum(['float32', 'float64']),
  shape: z.array(z.int().nonnegative()),
  /** Bytes from the end of the header. */
  offset: z.int().nonnegative().multipleOf(16),
});
export type StoredArray = z.infer<typeof StoredArray>;

/** The JSON header of a `.gwclip` file of the current version. */
export const ClipHeader = z.object({
  contentHash: z.string(),
  units: z.object({
    length: z.literal('metre'),
    angle: z.literal('radian'),
    time: z.literal('second'),
    up: z.literal('Y'),
    handed: z.literal('right'),
  }),
  name: z.string(),
  rate,
  frameCount: z.int().positive(),
  skeleton: z.object({
    joints: z.array(
      z.object({
        name: z.string(),
        parent: z.int().min(-1),
        restTranslation: vec3,
        restRotation: quat,
        restScale: vec3,
        sourceName: z.string(),
        endOffset: vec3.optional(),
      }),
    ),
  }),
  curves: z.array(z.string()),
  events: z.array(z.object({ name: z.string(), time: z.number(), duration: z.number() })),
  attributes: z.array(z.object({ joint: z.string(), name: z.string(), value: z.json() })),
  source: z.object({
    file: z.string(),
    format: z.enum(['bvh', 'fbx', 'gltf', 'gaitway', 'unreal', 'none']),
    take: z.string(),
    unitMetres: z.number(),
    axes: z.string(),
    rate,
    guesses: z.array(z.string()),
  }),
  warnings: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      joint: z.string().optional(),
      frame: z.int().optional(),
    }),
  ),
  arrays: z.array(StoredArray),
});
