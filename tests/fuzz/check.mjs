/** What must hold for any bytes: a clip that is valid, or an error that says what is wrong. */
import { bake, frameTime, validateClip } from '../../dist/clip/index.js';
import { GaitwayError } from '../../dist/errors.js';
import { readScene } from '../../dist/formats/index.js';

const KNOWN_CODE = /^(bvh|fbx|gltf|codec|clip|formats)\/[a-z0-9-]+$/;
const MOST_FRAMES = 200;
const MOST_FRAMES_OF_ALL = 2000;

/** Reads and bakes; gives `opened` or the code of the refusal, and throws whatever else happens. */
export async function check(bytes) {
  try {
    const scene = await readScene(bytes, { file: 'input' });
    const most = Math.max(
      2,
      Math.min(MOST_FRAMES, Math.floor(MOST_FRAMES_OF_ALL / (scene.takes.length || 1))),
    );
    for (const [take, { rate, duration }] of scene.takes.entries()) {
      const end = Math.min(duration, (most - 1) * frameTime(rate));
      const clip = bake(scene, { take, start: 0, end });
      validateBaked(clip);
    }
    return 'opened';
  } catch (error) {
    if (error instanceof GaitwayError && KNOWN_CODE.test(error.code)) return error.code;
    throw error;
  }
}

/** A clip that we made ourselves must be valid: there is nobody else to blame. */
function validateBaked(clip) {
  try {
    validateClip(clip);
  } catch (error) {
    throw new Error(`the clip that was made is not valid: ${error.message}`, { cause: error });
  }
}
