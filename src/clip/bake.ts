import { GaitwayError, type Warning } from '../errors.js';
import { AFFINE_SIZE } from '../math/affine.js';
import { AFFINE_PARTS, MIRRORED_AT, SHEAR_AT, splitAffine } from '../math/affine-parts.js';
import { divideRows, rotateRowBack } from '../math/quat-rows.js';
import type { Clip } from './clip.js';
import { keepSignsContinuous } from './continuous-signs.js';
import { frameTime, type Rate } from './rate.js';
import { ScaleSpan } from './scale-span.js';
import type { Scene } from './scene.js';

export interface BakeOptions {
  /** Index into `scene.takes`. */
  readonly take?: number;
  /** Frames per second; the take's own by default. */
  readonly rate?: Rate;
  /** Seconds from the take's start; the whole take by default. */
  readonly start?: number;
  readonly end?: number;
}

/** No clip is longer; a file that asks for more lies about its length. */
const MOST_FRAMES = 20_000_000;
/** A part of a frame by which a length may fall short: times stored as float32 do, after some minutes. */
const SHORT_BY = 1e-3;
const SHEAR_WORTH_TELLING = 1e-3;

/**
 * Samples a take of a scene into a clip, the only way in which clips are made from files.
 *
 * Scale above or at a joint is folded into translations, so world places are kept; shear and mirroring
 * cannot be kept in a rotation and are told in warnings.
 *
 * @throws GaitwayError `clip/no-take` where the scene has no such take, `clip/bad-range` where the range is
 *   empty, `clip/not-finite` where the file holds a number that is none.
 */
export function bake(scene: Scene, options: BakeOptions = {}): Clip {
  const index = options.take ?? 0;
  const take = scene.takes[index];
  const { file } = scene.source;
  if (!take) {
    throw new GaitwayError(
      'clip/no-take',
      scene.takes.length === 0
        ? `${file || 'The file'} has a skeleton but no animation.`
        : `${file || 'The file'} has ${scene.takes.length} animations; number ${index} is not among them.`,
      { file, take: index },
    );
  }
  const rate = options.rate ?? take.rate;
  const start = options.start ?? 0;
  const end = Math.min(options.end ?? take.duration, take.duration);
  if (!(end >= start)) {
    throw new GaitwayError(
      'clip/bad-range',
      `The range from ${start} s to ${end} s is empty; the take "${take.name}" of ${file} lasts ${take.duration} s.`,
      { file, start, end, duration: take.duration },
    );
  }
  const whole = options.rate === undefined && options.start === undefined && options.end === undefined;
  const frameCount = whole ? take.frameCount : Math.floor((end - start) / frameTime(rate) + SHORT_BY) + 1;
  const { joints } = scene.skeleton;
  if (frameCount > MOST_FRAMES) {
    throw new GaitwayError(
      'clip/too-long',
      `${file} asks for ${frameCount} frames; at most ${MOST_FRAMES} are read.`,
      {
        file,
        frameCount,
      },
    );
  }

  const pose = makeBakedPose(scene, frameCount);
  const scales = new ScaleSpan(joints);
  const odd = new Map<string, Warning>();
  const curves = take.curveNames.map((name) => ({ name, values: new Float64Array(frameCount) }));
  const curveValues = new Float64Array(curves.length);
  for (let f = 0; f < frameCount; f++) {
    const time = start + f * frameTime(rate);
    scene.evaluate(index, time, pose.matrices);
    writeFrame(scene, pose, f, odd);
    scales.look(pose.parts);
    if (scene.evaluateCurves) {
      scene.evaluateCurves(index, time, curveValues);
      for (let c = 0; c < curves.length; c++) {
        if (!Number.isFinite(curveValues[c])) throw notFinite(file, `curve "${curves[c].name}"`, f);
        curves[c].values[f] = curveValues[c];
      }
    }
  }
  keepSignsContinuous(pose.rotations, joints.length);
  return {
    name: take.name,
    skeleton: scene.skeleton,
    rate,
    frameCount,
    rotations: pose.rotations,
    translations: pose.translations,
    curves,
    events: take.events
      .filter((event) => event.time + event.duration >= start && event.time <= end)
      .map((event) => ({ ...event, time: Math.max(0, event.time - start) })),
    attributes: scene.attributes,
    source: { ...scene.source, take: take.name, rate: take.rate },
    warnings: [...scene.warnings, ...odd.values(), ...scales.warnings()],
  };
}

/** The clip that is being made, with room for the frame at hand. */
interface BakedPose {
  /** [frames, joints, 4] */
  readonly rotations: Float64Array;
  /** [frames, joints, 3] */
  readonly translations: Float64Array;
  /** [joints, 12], world */
  readonly matrices: Float64Array;
  /** [joints, 9], see math/affine-parts.ts */
  readonly parts: Float64Array;
}

function makeBakedPose({ skeleton }: Scene, frameCount: number): BakedPose {
  const count = skeleton.joints.length;
  return {
    rotations: new Float64Array(4 * count * frameCount),
    translations: new Float64Array(3 * count * frameCount),
    matrices: new Float64Array(AFFINE_SIZE * count),
    parts: new Float64Array(AFFINE_PARTS * count),
  };
}

/** Turns the world matrices of a frame into rotations and translations from parent to joint. */
function writeFrame(scene: Scene, pose: BakedPose, frame: number, odd: Map<string, Warning>): void {
  const { joints } = scene.skeleton;
  const { rotations, translations, matrices: m, parts } = pose;
  const count = joints.length;
  for (let j = 0; j < count; j++) {
    const at = AFFINE_SIZE * j;
    const part = AFFINE_PARTS * j;
    splitAffine(m, at, parts, part);
    if (!isFiniteMap(m, at)) throw notFinite(scene.source.file, `joint "${joints[j].name}"`, frame);
    if (parts[part + MIRRORED_AT] === 1)
      noteOnce(odd, 'clip/mirrored', joints[j].name, frame, 'is mirrored; its mirroring is left out');
    if (parts[part + SHEAR_AT] > SHEAR_WORTH_TELLING)
      noteOnce(odd, 'clip/sheared', joints[j].name, frame, 'is sheared; its shear is left out');
    const { parent } = joints[j];
    const r = 4 * (frame * count + j);
    const t = 3 * (frame * count + j);
    if (parent < 0) {
      for (let k = 0; k < 4; k++) rotations[r + k] = parts[part + k];
      for (let k = 0; k < 3; k++) translations[t + k] = m[at + 9 + k];
    } else {
      const up = AFFINE_PARTS * parent;
      divideRows(parts, up, parts, part, rotations, r);
      for (let k = 0; k < 3; k++) translations[t + k] = m[at + 9 + k] - m[AFFINE_SIZE * parent + 9 + k];
      rotateRowBack(parts, up, translations, t, translations, t);
    }
  }
}

function isFiniteMap(m: Float64Array, at: number): boolean {
  let sum = 0;
  for (let k = at; k < at + AFFINE_SIZE; k++) sum += m[k];
  return Number.isFinite(sum);
}

function notFinite(file: string, what: string, frame: number): GaitwayError {
  return new GaitwayError(
    'clip/not-finite',
    `${file}: ${what} is not finite at frame ${frame}; the file is damaged there.`,
    { file, frame },
  );
}

function noteOnce(odd: Map<string, Warning>, code: string, joint: string, frame: number, what: string): void {
  const key = `${code} ${joint}`;
  if (!odd.has(key))
    odd.set(key, { code, joint, frame, message: `Joint "${joint}" ${what} (first at frame ${frame}).` });
}
