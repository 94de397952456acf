import { AFFINE_SIZE } from '../math/affine.js';
import { scale } from '../math/vec3.js';
import type { Scene } from './scene.js';

/** The scene with all lengths multiplied: for files whose writer stated another unit than it used. */
export function scaledScene(scene: Scene, factor: number): Scene {
  const count = scene.skeleton.joints.length;
  return {
    ...scene,
    skeleton: {
      joints: scene.skeleton.joints.map((joint) => ({
        ...joint,
        restTranslation: scale(joint.restTranslation, factor),
        ...(joint.endOffset && { endOffset: scale(joint.endOffset, factor) }),
      })),
    },
    source: {
      ...scene.source,
      unitMetres: scene.source.unitMetres * factor,
      guesses: [...scene.source.guesses, `All lengths are multiplied by ${factor}, as asked.`],
    },
    evaluate(take, time, out) {
      scene.evaluate(take, time, out);
      for (let j = 0; j < count; j++) {
        for (let k = AFFINE_SIZE * j + 9; k < AFFINE_SIZE * (j + 1); k++) out[k] *= factor;
      }
    },
  };
}
