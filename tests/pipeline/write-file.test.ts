import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../src/pipeline/index.js';

describe('writeFileAtomic', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-write-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('does not replace a file without force, and leaves nothing beside it', async () => {
    const path = join(folder, 'walk.bvh');
    writeFileSync(path, 'old');
    await expect(writeFileAtomic(path, 'new')).rejects.toMatchObject({ code: 'file/exists' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeFileAtomic(path, 'new', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['walk.bvh']);
  });

  it('makes missing folders', async () => {
    await writeFileAtomic(join(folder, 'a', 'b', 'c.bin'), Uint8Array.of(1, 2));
    expect([...readFileSync(join(folder, 'a', 'b', 'c.bin'))]).toEqual([1, 2]);
  });

  it('refuses a folder and a place below a file', async () => {
    mkdirSync(join(folder, 'd'));
    await expect(writeFileAtomic(join(folder, 'd'), 'x', { force: true })).rejects.toMatchObject({
      code: 'file/is-folder',
    });
    writeFileSync(join(folder, 'f'), '');
    await expect(writeFileAtomic(join(folder, 'f', 'g'), 'x')).rejects.toMatchObject({
      code: 'file/unwritable',
    });
  });
});
