import { AFFINE_SIZE, composeAffine } from '../math/affine.js';
import { quatAt } from '../math/quat.js';
import { type Vec3, vec3At } from '../math/vec3.js';
import { type Clip, clipDuration } from './clip.js';
import { forwardKinematics, makeWorldPose, restPose } from './forward-kinematics.js';
import { rateHz } from './rate.js';
import { makeLocalPose, samplePose } from './sample.js';
import type { Scene } from './scene.js';

const ONE: Vec3 = [1, 1, 1];

/** A clip as a scene of one take, so that it is opened, dumped and baked as a file is. */
export function sceneOfClip(clip: Clip, file: string): Scene {
  const { skeleton, curves } = clip;
  const count = skeleton.joints.length;
  const rest = restPose(skeleton);
  const pose = makeLocalPose(count);
  const world = makeWorldPose(count);
  return {
    skeleton,
    takes: [
      {
        name: clip.name,
        rate: clip.rate,
        frameCount: clip.frameCount,
        duration: clipDuration(clip),
        events: clip.events,
        curveNames: curves.map(({ name }) => name),
      },
    ],
    attributes: clip.attributes,
    source: { file, format: 'gaitway', unitMetres: 1, axes: 'Y up', guesses: clip.source.guesses },
    warnings: clip.warnings,
    evaluate(take, time, out) {
      const { rotations, translations } = take < 0 ? rest : samplePose(clip, time, pose);
      forwardKinematics(skeleton, rotations, translations, world);
      for (let j = 0; j < count; j++)
        composeAffine(vec3At(world.positions, j), quatAt(world.rotations, j), ONE, out, AFFINE_SIZE * j);
    },
    evaluateCurves(_take, time, out) {
      const place = Math.min(Math.max(time * rateHz(clip.rate), 0), clip.frameCount - 1);
      const low = Math.floor(place);
      const high = Math.min(low + 1, clip.frameCount - 1);
      curves.forEach(({ values }, c) => {
        out[c] = values[low] + (values[high] - values[low]) * (place - low);
      });
    },
  };
}
