import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listClipFiles } from '../../src/pipeline/clip-files.js';

describe('listClipFiles', () => {
  let folder: string;
  const list = async (...paths: string[]): Promise<string[]> =>
    (await listClipFiles(paths.map((path) => join(folder, path)))).map((path) =>
      relative(folder, path).replaceAll('\\', '/'),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-files-'));
    for (const name of ['clips/b', '.git', 'node_modules/x'])
      await mkdir(join(folder, name), { recursive: true });
    for (const name of [
      'clips/2.bvh',
      'clips/1.GLB',
      'clips/notes.txt',
      'clips/b/3.gwclip',
      '.git/4.bvh',
      'node_modules/x/5.bvh',
      'odd.dat',
    ])
      await writeFile(join(folder, name), '');
    // A folder that holds itself must not be walked for ever.
    await symlink(folder, join(folder, 'clips', 'again'), 'junction');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('walks folders in order of name, for known endings only', async () => {
    expect(await list('.')).toEqual(['clips/1.GLB', 'clips/2.bvh', 'clips/b/3.gwclip']);
  });

  it('takes files as they are named, whatever their ending and even where they are missing, once each', async () => {
    expect(await list('odd.dat', 'missing.bvh', 'clips', 'clips/2.bvh')).toEqual([
      'odd.dat',
      'missing.bvh',
      'clips/1.GLB',
      'clips/2.bvh',
      'clips/b/3.gwclip',
    ]);
  });

  it('finds nothing in a folder without clips', async () => {
    await mkdir(join(folder, 'empty'));
    expect(await list('empty')).toEqual([]);
  });
});
