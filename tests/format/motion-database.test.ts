import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeDatabase, encodeDatabase } from '../../src/motion/database/codec.js';
import type { MotionDatabase } from '../../src/motion/database/database.js';
import { parseFeatureSchema } from '../../src/motion/features/schema.js';

const here = (name: string): URL => new URL(name, import.meta.url);

/** The database with its arrays as lists, as the expected content is kept. */
function asText(database: MotionDatabase): unknown {
  return JSON.parse(
    JSON.stringify(database, (_, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    ),
  );
}

it('still reads the database that version 1 wrote', () => {
  const database = decodeDatabase(new Uint8Array(readFileSync(here('motion-v1.gwdb'))), 'motion-v1.gwdb');
  const kept = JSON.parse(readFileSync(here('motion-v1.json'), 'utf8'));
  const silent = new Array(kept.frameCount).fill(0);
  expect(asText(database)).toEqual({
    ...kept,
    // Fields that schemas have got since then, with what they meant before.
    content: { ...kept.content, schema: parseFeatureSchema(kept.content.schema) },
    clips: kept.clips.map((clip: object) => ({
      ...clip,
      firstFrame: 0,
      mirrored: false,
      loops: false,
    })),
    tags: [],
    tagMask: silent,
    costBias: silent,
    // JSON knows no NaN.
    continuingBias: silent.map(() => null),
  });
  expect(decodeDatabase(encodeDatabase(database))).toEqual(database);
});

it('still reads the database that version 2 wrote: tags, mirror images, loops and biases', () => {
  const database = decodeDatabase(new Uint8Array(readFileSync(here('motion-v2.gwdb'))), 'motion-v2.gwdb');
  const kept = JSON.parse(readFileSync(here('motion-v2.json'), 'utf8'));
  expect(asText(database)).toEqual(kept);
  expect(database.tags).toContain('crouch');
  expect(new Set(database.valid)).toEqual(new Set([0, 1, 2]));
  expect(database.clips.map(({ mirrored, loops }) => [mirrored, loops])).toContainEqual([true, true]);
  expect(database.continuingBias.some((value) => value === -0.5)).toBe(true);
  expect(decodeDatabase(encodeDatabase(database))).toEqual(database);
});

it('still reads the database that version 3 wrote: rows kept as int8', () => {
  const database = decodeDatabase(new Uint8Array(readFileSync(here('motion-v3.gwdb'))), 'motion-v3.gwdb');
  const { rows, storage } = JSON.parse(readFileSync(here('motion-v3.json'), 'utf8'));
  expect(asText(database)).toEqual({
    ...JSON.parse(readFileSync(here('motion-v2.json'), 'utf8')),
    rows,
    storage,
  });
  expect(decodeDatabase(encodeDatabase(database))).toEqual(database);
});
