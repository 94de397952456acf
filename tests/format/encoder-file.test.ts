import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { databaseLatents, queryLatents } from '../../src/motion/encoder/encoder.js';
import { readEncoder, writeEncoder } from '../../src/motion/encoder/encoder-file.js';
import { madeWalk } from '../motion/made-tracks.js';

const here = (name: string): URL => new URL(name, import.meta.url);

it.each([1, 2])('still reads the encoder that version %i wrote, and encodes with it as then', (version) => {
  const bytes = new Uint8Array(readFileSync(here(`encoder-v${version}.gwenc`)));
  const saved = readEncoder(bytes, `version ${version}`);
  const expected = JSON.parse(readFileSync(here('encoder-v1.json'), 'utf8'));
  const walk = madeWalk({ frames: 50, turn: 0.4, cadence: 1.5 });
  const rows = {
    query: queryLatents(saved.encoder, walk).latents.subarray(32, 34),
    database: databaseLatents(saved.encoder, walk).latents.subarray(32, 34),
  };
  for (const side of ['query', 'database'] as const)
    rows[side].forEach((value, k) => {
      expect(value).toBeCloseTo(expected[side][k], 5);
    });
  expect(saved.boneMaps).toEqual([{ pelvis: 'Hips' }]);
  const written = writeEncoder(saved);
  expect(written).toEqual(new Uint8Array(readFileSync(here('encoder-v2.gwenc'))));
});
