import { bake } from '../../dist/clip/index.js';
import { GaitwayError } from '../../dist/errors.js';
import { readScene } from '../../dist/formats/index.js';

const MOST_TAKES = 3;
const MOST_FRAMES = 40;
const CODES = /^(bvh|fbx|gltf|codec|clip|formats)\/[a-z0-9-]+$/;

/** Opens a file and bakes the beginning of its takes; an error by code is as good as success. */
export async function tryFile(bytes) {
  const started = performance.now();
  let outcome;
  try {
    const scene = await readScene(bytes, { file: 'fuzz' });
    scene.evaluate(-1, 0, new Float64Array(12 * scene.skeleton.joints.length));
    for (let take = 0; take < Math.min(MOST_TAKES, scene.takes.length); take++) {
      const { rate, duration } = scene.takes[take];
      const seconds = (MOST_FRAMES * rate.denominator) / rate.numerator;
      bake(scene, { take, end: Math.min(duration, seconds) });
    }
    outcome = { state: 'opened' };
  } catch (error) {
    outcome =
      error instanceof GaitwayError && CODES.test(error.code)
        ? { state: 'refused', code: error.code }
        : {
            state: 'crashed',
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          };
  }
  return { ...outcome, ms: performance.now() - started };
}
