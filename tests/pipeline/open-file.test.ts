import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeClip, makeRate } from '../../src/clip/index.js';
import { writeGlb } from '../../src/formats/index.js';
import { openClip, openScene } from '../../src/pipeline/index.js';
import { armGltf, gltfBytes } from '../formats/gltf/made-gltf.js';
import { makeClip } from '../formats/made-clip.js';
import { madeBvh } from './made-bvh.js';

const QUARTER = { times: [0, 1], values: [0, 0, 0, 1, 0, 0, Math.SQRT1_2, Math.SQRT1_2] };

describe('opening files', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-open-'));
    writeFileSync(at('walk.bvh'), madeBvh({ frames: 10 }));
    writeFileSync(at('empty.bvh'), '');
    const clips = ['idle', 'run'].map((name, i) => ({ ...makeClip({ seed: 1, frameCount: 3 + i }), name }));
    writeFileSync(at('two.glb'), (await writeGlb(clips)).bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says what is wrong with a path', async () => {
    await expect(openScene(at('none.bvh'))).rejects.toMatchObject({ code: 'file/missing' });
    await expect(openScene(at('walk.bvh/inside.bvh'))).rejects.toMatchObject({ code: 'file/missing' });
    await expect(openScene(folder)).rejects.toMatchObject({ code: 'file/is-folder' });
    await expect(openScene(at('empty.bvh'))).rejects.toMatchObject({ code: 'formats/empty' });
  });

  it('finds a take by name or number, and lists them where there is none', async () => {
    expect((await openClip(at('two.glb'), { take: 'run' })).frameCount).toBe(4);
    expect((await openClip(at('two.glb'), { take: '0' })).name).toBe('idle');
    await expect(openClip(at('two.glb'), { take: 'jump' })).rejects.toMatchObject({
      code: 'clip/no-take',
      data: { takes: ['idle', 'run'] },
    });
  });

  it('takes the first of several takes, and says so', async () => {
    const clip = await openClip(at('two.glb'));
    expect(clip.name).toBe('idle');
    expect(clip.warnings.map(({ code }) => code)).toEqual(['clip/first-take']);
    expect((await openClip(at('walk.bvh'))).warnings).toEqual([]);
  });

  it('samples at another rate, and reads in a stated unit', async () => {
    const clip = await openClip(at('walk.bvh'), { rate: makeRate(60), unit: 'm' });
    expect([clip.frameCount, clip.source.unitMetres]).toEqual([19, 1]);
  });

  it('gives back a .gwclip to the last bit', async () => {
    const clip = makeClip({ seed: 4 });
    writeFileSync(at('made.gwclip'), encodeClip(clip));
    expect(await openClip(at('made.gwclip'))).toEqual(clip);
    expect((await openClip(at('made.gwclip'), { rate: makeRate(15) })).frameCount).toBe(5);
    await expect(openClip(at('made.gwclip'), { take: 'other' })).rejects.toMatchObject({
      code: 'clip/no-take',
    });
  });

  it('reads buffers beside a .gltf, and none from elsewhere', async () => {
    mkdirSync(at('inner'));
    const outside = at('arm data.bin');
    const gltf = (uri: string): Uint8Array =>
      gltfBytes(
        armGltf('rotation', QUARTER, (bytes) => {
          writeFileSync(outside, bytes);
          writeFileSync(at('inner/arm data.bin'), bytes);
          return { uri };
        }),
      );
    writeFileSync(at('inner/arm.gltf'), gltf('arm%20data.bin'));
    expect((await openScene(at('inner/arm.gltf'))).takes).toHaveLength(1);
    for (const uri of [
      '../arm%20data.bin',
      '%2e%2e/arm data.bin',
      outside,
      `file://${outside}`,
      'http://127.0.0.1/a.bin',
      '.',
      '',
    ]) {
      writeFileSync(at('inner/arm.gltf'), gltf(uri));
      await expect(openScene(at('inner/arm.gltf')), uri).rejects.toMatchObject({
        code: 'file/outside-folder',
      });
    }
    writeFileSync(at('inner/arm.gltf'), gltf('gone.bin'));
    await expect(openScene(at('inner/arm.gltf'))).rejects.toMatchObject({ code: 'file/missing' });
  });

  it.skipIf(process.platform === 'win32')('follows no link out of the folder', async () => {
    mkdirSync(at('linked'));
    writeFileSync(at('secret.bin'), 'x'.repeat(100));
    symlinkSync(at('secret.bin'), at('linked/arm.bin'));
    writeFileSync(at('linked/arm.gltf'), gltfBytes(armGltf('rotation', QUARTER, () => ({ uri: 'arm.bin' }))));
    await expect(openScene(at('linked/arm.gltf'))).rejects.toMatchObject({ code: 'file/outside-folder' });
  });
});
