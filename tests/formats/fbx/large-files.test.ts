import { describe, expect, it } from 'vitest';
import { readScene, writeFbx } from '../../../src/formats/index.js';
import { AFFINE_SIZE } from '../../../src/math/affine.js';
import { makeClip } from '../made-clip.js';
import { asciiFbx, limb } from './made-ascii.js';

/** Some megabytes of mesh that nobody reads, between two joints. */
function fileOfMegabytes(count: number): Uint8Array {
  const row = `${'1.25,-2.5e-1,3,'.repeat(64)}0\n`;
  const rows = Math.ceil(1e6 / row.length);
  const mesh = `Geometry: 7, "Geometry::m", "Mesh" {\nVertices: *${rows * 193} {\na: ${Array(rows).fill(row).join(',')}}\n}\n`;
  return asciiFbx({ objects: `${limb(1, 'root')}${mesh.repeat(count)}`, connections: 'C: "OO",1,0' });
}

describe('large FBX files', () => {
  it('tell how far they are read, never back', async () => {
    const shares: number[] = [];
    const bytes = fileOfMegabytes(30);
    await readScene(bytes, { file: 'large.fbx', onProgress: (share) => void shares.push(share) });
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.length).toBeLessThan(2 + bytes.length / (8 << 20));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('stop where the one who is told throws, and wait for it', async () => {
    const stop = new Error('enough');
    const onProgress = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      throw stop;
    };
    await expect(readScene(fileOfMegabytes(10), { file: 'large.fbx', onProgress })).rejects.toBe(stop);
  });

  it('are read although an array that is not needed is damaged', async () => {
    const bytes = asciiFbx({
      objects: `${limb(1, 'root')}Geometry: 7, "Geometry::m", "Mesh" {\nVertices: *2 {\na: 1,x\n}\n}\n`,
      connections: 'C: "OO",1,0',
    });
    const scene = await readScene(bytes, { file: 'damaged-mesh.fbx' });
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root']);
  });

  it('give the same poses forward, backward and at random', async () => {
    const scene = await readScene(writeFbx([makeClip({ seed: 4, frameCount: 40 })]).bytes, { file: 'a.fbx' });
    const poses = Array.from({ length: 60 }, (_, i) => {
      const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
      scene.evaluate(0, i / 45, out);
      return out;
    });
    for (const step of [59, 23, 7]) {
      for (let i = 0, k = step; i < 60; i++, k = (k + step) % 60) {
        const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
        scene.evaluate(0, k / 45, out);
        expect(out).toEqual(poses[k]);
      }
    }
  });
});
