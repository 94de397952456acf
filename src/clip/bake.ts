import { GaitwayError, type Warning } from '../errors.js';
import { AFFINE_SIZE, rotationOfAffine } from '../math/affine.js';
import { conjugate, multiply, negate, type Quat, quatDot, rotate, setQuat } from '../math/quat.js';
import { setVec3, subtract, type Vec3 } from '../math/vec3.js';
import type { Clip } from './clip.js';
import { frameTime, type Rate } from './rate.js';
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

  const rotations = new Float64Array(frameCount * joints.length * 4);
  const translations = new Float64Array(frameCount * joints.length * 3);
  const matrices = new Float64Array(joints.length * AFFINE_SIZE);
  const world: Quat[] = new Array(joints.length);
  const places: Vec3[] = new Array(joints.length);
  const previous: (Quat | undefined)[] = new Array(joints.length).fill(undefined);
  const odd = new Map<string, Warning>();
  const curves = take.curveNames.map((name) => ({ name, values: new Float64Array(frameCount) }));
  const curveValues = new Float64Array(curves.length);

  for (let f = 0; f < frameCount; f++) {
    const time = start + f * frameTime(rate);
    scene.evaluate(index, time, matrices);
    for (let j = 0; j < joints.length; j++) {
      const { rotation, mirrored, shear } = rotationOfAffine(matrices, j * AFFINE_SIZE);
      const at = j * AFFINE_SIZE + 9;
      const place: Vec3 = [matrices[at], matrices[at + 1], matrices[at + 2]];
      if (!Number.isFinite(place[0] + place[1] + place[2] + rotation[0] + rotation[3])) {
        throw new GaitwayError(
          'clip/not-finite',
          `${file}: joint "${joints[j].name}" has no finite place at frame ${f}; the file is damaged there.`,
          { file, joint: joints[j].name, frame: f },
        );
      }
      if (mirrored)
        noteOnce(odd, 'clip/mirrored', joints[j].name, f, 'is mirrored; its mirroring is left out');
      if (shear > SHEAR_WORTH_TELLING)
        noteOnce(odd, 'clip/sheared', joints[j].name, f, 'is sheared; its shear is left out');
      world[j] = rotation;
      places[j] = place;
      const parent = joints[j].parent;
      const up = parent < 0 ? undefined : conjugate(world[parent]);
      let local = up ? multiply(up, rotation) : rotation;
      const before = previous[j];
      if (before && quatDot(before, local) < 0) local = negate(local);
      previous[j] = local;
      setQuat(rotations, f * joints.length + j, local);
      setVec3(translations, f * joints.length + j, up ? rotate(up, subtract(place, places[parent])) : place);
    }
    if (scene.evaluateCurves) {
      scene.evaluateCurves(index, time, curveValues);
      for (let c = 0; c < curves.length; c++) curves[c].values[f] = curveValues[c];
    }
  }
  return {
    name: take.name,
    skeleton: scene.skeleton,
    rate,
    frameCount,
    rotations,
    translations,
    curves,
    events: take.events
      .filter((event) => event.time + event.duration >= start && event.time <= end)
      .map((event) => ({ ...event, time: Math.max(0, event.time - start) })),
    attributes: scene.attributes,
    source: { ...scene.source, take: take.name, rate: take.rate },
    warnings: [...scene.warnings, ...odd.values()],
  };
}

function noteOnce(odd: Map<string, Warning>, code: string, joint: string, frame: number, what: string): void {
  const key = `${code} ${joint}`;
  if (!odd.has(key))
    odd.set(key, { code, joint, frame, message: `Joint "${joint}" ${what} (first at frame ${frame}).` });
}
