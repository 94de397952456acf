import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeDatabase, encodeDatabase } from '../../src/motion/database/codec.js';
import type { MotionDatabase } from '../../src/motion/database/database.js';

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
  const bytes = new Uint8Array(readFileSync(here('motion-v1.gwdb')));
  const database = decodeDatabase(bytes, 'motion-v1.gwdb');
  expect(asText(database)).toEqual(JSON.parse(readFileSync(here('motion-v1.json'), 'utf8')));
  expect(encodeDatabase(database)).toEqual(bytes);
});
