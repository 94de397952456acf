import {
  forwardKinematics,
  frameTime,
  makeRate,
  makeWorldPose,
  type Rate,
  rateFromHz,
  rateHz,
  type Scene,
  type Skeleton,
  uniqueNames,
} from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { AFFINE_SIZE, composeAffine } from '../../math/affine.js';
import { quatAt, setQuat, slerp } from '../../math/quat.js';
import { type Vec3, vec3At } from '../../math/vec3.js';
import { measureFigure } from './figure.js';
import { type BvhFile, parseBvh } from './parse.js';
import { type BvhPose, makeBvhPose, readBvhPose } from './pose.js';
import { guessUnit } from './unit-guess.js';
import { guessUpAxis, type UpAxis } from './up-axis-guess.js';

export interface BvhOptions {
  readonly file: string;
  /** Metres per unit; guessed from the figure's size where it is not given. */
  readonly unitMetres?: number;
  /** Which axis of the file points up; guessed from the figure where it is not given. */
  readonly up?: UpAxis;
}

/** Nearer than this to a frame, the frame itself is given. */
const ON_FRAME = 1e-6;
const ASSUMED_RATE = makeRate(30);
const UNIT_SCALE: Vec3 = [1, 1, 1];

/**
 * Reads a BVH file into a scene.
 *
 * The rest pose is the zero pose with every OFFSET. Frames are exact; between frames rotations are blended
 * the shorter way round and positions in a straight line. A file without frames is a skeleton without takes.
 *
 * @throws GaitwayError with a code `bvh/…` and the line.
 */
export function readBvh(bytes: Uint8Array, options: BvhOptions): Scene {
  const bvh = parseBvh(bytes, options.file);
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
  const { frameCount } = bvh.motion;
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
  if (bvh.motion.frameCount > 1) {
    warnings.push({
      code: 'bvh/no-frame-time',
      message: 'The file states no usable Frame Time; 30 frames per second are assumed.',
    });
  }
  return ASSUMED_RATE;
}

function makeEvaluate(bvh: BvhFile, rate: Rate, unitMetres: number, zUp: boolean): Scene['evaluate'] {
  const count = bvh.joints.length;
  const { frameCount } = bvh.motion;
  const low = makeBvhPose(count);
  const high = makeBvhPose(count);
  const world = makeWorldPose(count);
  return (take, time, out) => {
    const at = take < 0 ? -1 : Math.min(Math.max(time * rateHz(rate), 0), frameCount - 1);
    const near = Math.round(at);
    const exact = take < 0 || Math.abs(at - near) < ON_FRAME;
    readBvhPose(bvh, exact ? near : Math.floor(at), low);
    if (!exact) blend(low, readBvhPose(bvh, Math.floor(at) + 1, high), at - Math.floor(at));
    forwardKinematics(bvh, low.rotations, low.translations, world);
    for (let j = 0; j < count; j++) {
      const [x, y, z] = vec3At(world.positions, j);
      const [qx, qy, qz, qw] = quatAt(world.rotations, j);
      // A turn of space seen from turned axes: its vector part turns along.
      if (zUp)
        composeAffine(
          [x * unitMetres, z * unitMetres, -y * unitMetres],
          [qx, qz, -qy, qw],
          UNIT_SCALE,
          out,
          j * AFFINE_SIZE,
        );
      else
        composeAffine(
          [x * unitMetres, y * unitMetres, z * unitMetres],
          [qx, qy, qz, qw],
          UNIT_SCALE,
          out,
          j * AFFINE_SIZE,
        );
    }
  };
}

/** Blends `to` into `pose`. */
function blend(pose: BvhPose, to: BvhPose, t: number): void {
  const { rotations, translations } = pose;
  for (let j = 0; j < rotations.length / 4; j++) {
    setQuat(rotations, j, slerp(quatAt(rotations, j), quatAt(to.rotations, j), t));
  }
  for (let i = 0; i < translations.length; i++) {
    translations[i] = translations[i] * (1 - t) + to.translations[i] * t;
  }
}
