import { expect, it } from 'vitest';
import { bake, makeRate, type Scene } from '../../src/clip/index.js';
import { readScene, writeGlb } from '../../src/formats/index.js';
import { dumpScene, timesOfTake } from '../../src/pipeline/dump.js';
import { turningArm } from '../clip/walker.js';

/** A GLB stores times as float32, so that a long clip ends a hair before its last frame. */
async function longGlb(frames: number): Promise<Scene> {
  const { bytes } = await writeGlb([turningArm({ frames, rate: makeRate(120) })]);
  return readScene(bytes, { file: 'long.glb' });
}

it.each([1007, 2752, 8191])(
  'the last of %i frames is there when the rate is asked for by number',
  async (frames) => {
    const scene = await longGlb(frames);
    expect(timesOfTake(scene, 0, 120)).toHaveLength(frames);
    expect(bake(scene, { rate: makeRate(120) }).frameCount).toBe(frames);
    expect(bake(scene, { rate: makeRate(60) }).frameCount).toBe(Math.floor((frames - 1) / 2) + 1);
  },
);

it('a dump of a file with one clip names it and lists none', async () => {
  const scene = await longGlb(3);
  const dump = JSON.parse(dumpScene(scene, { take: 0, times: [0] }));
  expect(dump.clip).toBe('turning arm');
  expect(dump.clips).toBeUndefined();
});
