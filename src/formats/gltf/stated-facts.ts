import { z } from 'zod';
import { type ClipEvent, makeRate, type Rate } from '../../clip/index.js';

const MOST_HZ = 1e6;

/** What Gaitway leaves in the extras of an animation that it writes, because glTF has no place for it. */
const Facts = z.object({
  gaitway: z.object({
    rate: z.tuple([z.int().positive(), z.int().positive()]),
    events: z
      .array(z.object({ name: z.string(), time: z.number(), duration: z.number().nonnegative() }))
      .default([]),
  }),
});

export interface StatedFacts {
  readonly rate?: Rate;
  readonly events: readonly ClipEvent[];
}

/** Rate and events from an animation's extras; `undefined` where `gaitway` is there but cannot be read. */
export function statedFacts(extras: unknown): StatedFacts | undefined {
  if (extras === null || typeof extras !== 'object' || !Object.hasOwn(extras, 'gaitway'))
    return { events: [] };
  const parsed = Facts.safeParse(extras);
  if (!parsed.success) return undefined;
  const { rate, events } = parsed.data.gaitway;
  const [numerator, denominator] = rate;
  if (numerator / denominator > MOST_HZ) return undefined;
  return { rate: makeRate(numerator, denominator), events };
}
