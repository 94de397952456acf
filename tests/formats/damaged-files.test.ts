import { describe, expect, it } from 'vitest';
import { bake, encodeClip } from '../../src/clip/index.js';
import { GaitwayError } from '../../src/errors.js';
import { readScene, writeBvh, writeGlb } from '../../src/formats/index.js';
import { seededRandom } from '../../src/math/random.js';
import { armGltf, gltfBytes } from './gltf/made-gltf.js';
import { makeClip } from './made-clip.js';

const ROUNDS = 250;
/** Signs that parsers trip over: braces, digits, quotes, minus, blanks, high bytes. */
const TRICKY = [0, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 91, 93, 101, 123, 125, 127, 255];

const clip = makeClip({ seed: 1, jointCount: 5, frameCount: 4 });
const FILES: [string, () => Promise<Uint8Array>][] = [
  ['BVH', async () => writeBvh(clip).bytes],
  ['GLB', async () => (await writeGlb([clip])).bytes],
  ['glTF', async () => gltfBytes(armGltf('rotation', { times: [0, 1], values: [0, 0, 0, 1, 0, 0, 1, 0] }))],
  ['.gwclip', async () => encodeClip(clip)],
];

/** Reads and bakes; anything but success or an error by code fails the test. */
async function tryToRead(bytes: Uint8Array, what: string): Promise<void> {
  try {
    const scene = await readScene(bytes, { file: 'damaged' });
    for (let take = 0; take < scene.takes.length; take++) {
      if (scene.takes[take].frameCount < 10_000) bake(scene, { take });
    }
  } catch (error) {
    if (!(error instanceof GaitwayError)) throw new Error(`${what}: ${String(error)}`, { cause: error });
    expect(error.code).toMatch(/^(bvh|gltf|codec|clip|formats|fbx)\//);
  }
}

describe.each(FILES)('damaged %s files', (name, make) => {
  it('are read or refused by code, whatever byte is changed', async () => {
    const bytes = await make();
    const random = seededRandom(2);
    for (let round = 0; round < ROUNDS; round++) {
      const damaged = bytes.slice();
      const count = 1 + random.below(4);
      for (let i = 0; i < count; i++)
        damaged[random.below(bytes.length)] = TRICKY[random.below(TRICKY.length)];
      await tryToRead(damaged, `${name}, round ${round}`);
    }
  });

  it('are read or refused by code, wherever they are cut or doubled', async () => {
    const bytes = await make();
    const random = seededRandom(3);
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = [random.below(bytes.length), random.below(bytes.length)];
      await tryToRead(bytes.slice(0, a), `${name}, cut at ${a}`);
      const spliced = new Uint8Array([...bytes.subarray(0, a), ...bytes.subarray(b)]);
      await tryToRead(spliced, `${name}, spliced ${a} to ${b}`);
    }
  });
});
