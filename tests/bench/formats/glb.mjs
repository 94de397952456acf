/** GLB: reading and writing. */
import { bake } from '../../../dist/clip/index.js';
import { readScene, writeGlb } from '../../../dist/formats/index.js';
import { interleave } from '../interleave.mjs';
import { realFile, sampleClip } from './inputs.mjs';

export async function benchGlb(rounds) {
  const rows = [];
  const made = (await writeGlb([await sampleClip()])).bytes;
  for (const { name, bytes } of [
    realFile('gltf/mixamo_xbot.glb'),
    realFile('gltf/mannequiny_10clips.glb'),
    { name: 'generated walk', bytes: made },
  ]) {
    if (!bytes) {
      rows.push({ what: 'GLB read', input: name, skipped: 'the file is not there' });
      continue;
    }
    const clip = bake(await readScene(bytes, { file: name }));
    const { read, written } = await interleave(rounds, {
      read: () => readScene(bytes, { file: name }),
      written: () => writeGlb([clip]),
    });
    rows.push(
      { what: 'GLB read', input: name, unit: 'MB/s', ours: bytes.length / 1e3 / read },
      { what: 'GLB write, first take', input: name, unit: 'ms', ours: written },
    );
  }
  return rows;
}
