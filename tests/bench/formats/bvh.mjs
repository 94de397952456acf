/** BVH: parsing against three's BVHLoader, baking, writing. */
import { BVHLoader } from 'three/examples/jsm/loaders/BVHLoader.js';
import { bake } from '../../../dist/clip/index.js';
import { readScene, writeBvh } from '../../../dist/formats/index.js';
import { interleave } from '../interleave.mjs';
import { longBvh, realFile, sampleClip } from './inputs.mjs';

const MEGABYTES = 10;

export async function benchBvh(rounds) {
  const rows = [];
  const made = writeBvh(await sampleClip()).bytes;
  for (const { name, bytes } of [
    realFile('bvh/cmu_12_01_walk.bvh'),
    realFile('bvh/smpl22_metres.bvh'),
    realFile('bvh/h36m_pose_estimate.bvh'),
    { name: 'generated walk', bytes: made },
  ]) {
    const input = `${name}, repeated to ${MEGABYTES} MB`;
    if (!bytes) {
      rows.push({ what: 'BVH parse', input, skipped: 'the file is not there' });
      continue;
    }
    const long = longBvh(bytes, MEGABYTES);
    const text = new TextDecoder().decode(long);
    const scene = await readScene(long, { file: name });
    const clip = bake(scene);
    const { ours, three } = await interleave(rounds, {
      ours: () => readScene(long, { file: name }),
      three: () => new BVHLoader().parse(text),
    });
    const speed = (ms) => long.length / 1e3 / ms;
    rows.push(
      {
        what: 'BVH parse',
        input,
        unit: 'MB/s',
        ours: speed(ours),
        three: speed(three),
        bar: { atLeast: 150 },
      },
      {
        what: 'BVH parse, times as fast as three',
        input,
        unit: '×',
        ours: three / ours,
        bar: { atLeast: 10 },
      },
    );
    const { baked, written } = await interleave(Math.min(3, rounds), {
      baked: () => bake(scene),
      written: () => writeBvh(clip),
    });
    const kilopose = (clip.frameCount * clip.skeleton.joints.length) / 1e3;
    rows.push(
      { what: 'BVH bake', input, unit: 'joints/µs', ours: kilopose / baked },
      { what: 'BVH write', input, unit: 'joints/µs', ours: kilopose / written },
    );
  }
  return rows;
}
