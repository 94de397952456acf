import {
  frameTime,
  makeRate,
  type Rate,
  rateFromHz,
  type Scene,
  type Skeleton,
  uniqueNames,
} from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import type { Vec3 } from '../../math/vec3.js';
import type { ReadOptions, UpAxis } from '../read-options.js';
import { makeEvaluate } from './evaluate.js';
import { measureFigure } from './figure.js';
import { type BvhFile, parseBvh } from './parse.js';
import { guessUnit } from './unit-guess.js';
import { guessUpAxis } from './up-axis-guess.js';

export interface BvhOptions {
  readonly file: string;
  /** Metres per unit; guessed from the figure's size where it is not given. */
  readonly unitMetres?: number;
  /** Which axis of the file points up; guessed from the figure where it is not given. */
  readonly up?: UpAxis;
  /** Told the share that is read of a large file and waited for; throwing cancels. */
  readonly onProgress?: ReadOptions['onProgress'];
}

const ASSUMED_RATE = makeRate(30);

/**
 * Reads a BVH file into a scene.
 *
 * The rest pose is the zero pose with every OFFSET. A file without frames is a skeleton without takes. The
 * bytes are not kept: a number takes 8 bytes, so a scene of usual numbers (`-12.345678`) is smaller than its
 * file.
 *
 * @throws GaitwayError with a code `bvh/…` and the line.
 */
export async function readBvh(bytes: Uint8Array, options: BvhOptions): Promise<Scene> {
  const bvh = await parseBvh(bytes, options.file, options.onProgress);
  const figure = measureFigure(bvh);
  const unit = guessUnit(figure);
  const axes = guessUpAxis(figure);
  const unitMetres = options.unitMetres ?? unit.unitMetres;
  const zUp = (options.up ?? axes.up) === 'z';
  const warnings: Warning[] = [...bvh.warnings];
  const guesses: string[] = [];
  if (options.unitMetres === undefined) {
    guesses.push(unit.reason);
    if (!unit.sure) warnings.push({ code: 'bvh/unit-unsure', message: unit.reason });
  }
  if (options.up === undefined) guesses.push(axes.reason);

  const { names, warnings: renamed } = uniqueNames(bvh.joints.map((joint) => joint.name));
  const place = (v: Vec3): Vec3 =>
    zUp
      ? [v[0] * unitMetres, v[2] * unitMetres, -v[1] * unitMetres]
      : [v[0] * unitMetres, v[1] * unitMetres, v[2] * unitMetres];
  const skeleton: Skeleton = {
    joints: bvh.joints.map((joint, j) => ({
      name: names[j],
      parent: joint.parent,
      restTranslation: place(joint.offset),
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: joint.name,
      ...(joint.endOffset && { endOffset: place(joint.endOffset) }),
    })),
  };
  const rate = rateOf(bvh, warnings);
  const { count: frameCount } = bvh.motion.rows;
  if (frameCount === 0) {
    warnings.push({ code: 'bvh/no-frames', message: 'The file has a skeleton but no frames.' });
  }
  return {
    skeleton,
    takes:
      frameCount === 0
        ? []
        : [
            {
              name: '',
              rate,
              frameCount,
              duration: (frameCount - 1) * frameTime(rate),
              events: [],
              curveNames: [],
            },
          ],
    attributes: [],
    source: {
      file: options.file,
      format: 'bvh',
      unitMetres,
      axes: zUp ? 'Z up, turned to Y up' : 'Y up',
      guesses,
    },
    warnings: [...warnings, ...renamed],
    evaluate: makeEvaluate(bvh, rate, unitMetres, zUp),
  };
}

function rateOf(bvh: BvhFile, warnings: Warning[]): Rate {
  const { frameTime: seconds } = bvh.motion;
  if (seconds !== undefined && 1 / seconds <= 1e6 && 1 / seconds >= 1e-6) return rateFromHz(1 / seconds);
  if (bvh.motion.rows.count > 1) {
    warnings.push({
      code: 'bvh/no-frame-time',
      message: 'The file states no usable Frame Time; 30 frames per second are assumed.',
    });
  }
  return ASSUMED_RATE;
}
