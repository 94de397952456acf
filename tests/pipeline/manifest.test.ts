import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/pipeline/manifest.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-manifest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function manifest(content: unknown): string {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const codeOf = (path: string): Promise<string> =>
  readManifest(path).then(
    () => 'nothing thrown',
    (error: { code: string }) => error.code,
  );

describe('readManifest', () => {
  it('refuses what is missing, is not JSON, or lists nothing', async () => {
    expect(await codeOf(join(folder, 'none.json'))).toBe('manifest/unreadable');
    expect(await codeOf(manifest('HIERARCHY'))).toBe('manifest/invalid');
    expect(await codeOf(manifest({}))).toBe('manifest/invalid');
    expect(await codeOf(manifest({ files: [] }))).toBe('manifest/invalid');
    expect(await codeOf(manifest({ files: [{ name: 'walk.bvh', split: 'validation' }] }))).toBe(
      'manifest/invalid',
    );
  });

  it('refuses a family that it does not describe', async () => {
    const path = manifest({ files: [{ name: 'walk.bvh', split: 'train', skeleton_family: 'mocap' }] });
    expect(await codeOf(path)).toBe('manifest/unknown-family');
  });

  it('refuses clips outside of its folder', async () => {
    for (const name of ['../walk.bvh', 'a/../../walk.bvh', '/tmp/walk.bvh'])
      expect(await codeOf(manifest({ files: [{ name, split: 'train' }] }))).toBe('manifest/outside-folder');
  });

  it('gives clips with their place and roles, and lets other fields through', async () => {
    const roles = { pelvis: 'Hips' };
    const path = manifest({
      licence: 'CC0',
      families: { mocap: { joints: 22, roles } },
      files: [
        { name: 'a/walk.bvh', split: 'train', skeleton_family: 'mocap', label: { content: 'walk' } },
        { name: 'run.glb', split: 'test' },
      ],
    });
    expect(await readManifest(path)).toEqual([
      {
        name: 'a/walk.bvh',
        file: join(folder, 'a', 'walk.bvh'),
        split: 'train',
        label: 'walk',
        family: 'mocap',
        roles,
      },
      { name: 'run.glb', file: join(folder, 'run.glb'), split: 'test', label: '', family: '' },
    ]);
  });
});
