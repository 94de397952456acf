import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namedClips } from '../../src/pipeline/index.js';
import { madeBvh } from '../pipeline/made-bvh.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-twice-'));
  writeFileSync(join(folder, 'walk.bvh'), madeBvh());
});
afterAll(() => rmSync(folder, { recursive: true }));

it('takes a clip that two patterns name once, and does not call it another of its own name', async () => {
  const file = join(folder, 'walk.bvh');
  const named = await namedClips([file, folder, join(folder, '.', 'walk.bvh')]);
  expect(named.map(({ name }) => name)).toEqual(['walk']);
});
