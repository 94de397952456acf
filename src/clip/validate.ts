import { GaitwayError } from '../errors.js';
import type { Clip } from './clip.js';
import type { Skeleton } from './skeleton.js';

const UNIT_SLACK = 1e-4;

/**
 * Checks that a skeleton is one: joints parent first, names unique and there at all.
 *
 * @throws GaitwayError `clip/bad-skeleton` naming the joint.
 */
export function validateSkeleton(skeleton: Skeleton, file = ''): void {
  const where = file ? `${file}: ` : '';
  const names = new Set<string>();
  if (skeleton.joints.length === 0) {
    throw new GaitwayError(
      'clip/bad-skeleton',
      `${where}the skeleton has no joints; at least one is needed.`,
      { file },
    );
  }
  skeleton.joints.forEach((joint, j) => {
    const fault =
      joint.name === ''
        ? 'has no name'
        : names.has(joint.name)
          ? 'has the name of an earlier joint'
          : !(Number.isInteger(joint.parent) && joint.parent >= -1 && joint.parent < j)
            ? `has parent number ${joint.parent}, which does not come before it`
            : ![...joint.restTranslation, ...joint.restRotation, ...joint.restScale].every(Number.isFinite)
              ? 'has a rest pose that is not finite'
              : undefined;
    if (fault) {
      throw new GaitwayError('clip/bad-skeleton', `${where}joint number ${j} "${joint.name}" ${fault}.`, {
        file,
        joint: joint.name,
      });
    }
    names.add(joint.name);
  });
}

/**
 * Checks a clip once, where it enters; past this, shapes and numbers are trusted.
 *
 * @throws GaitwayError `clip/bad-skeleton`, `clip/bad-shape`, `clip/not-finite`, `clip/not-unit` naming
 *   joint and frame.
 */
export function validateClip(clip: Clip): Clip {
  const { file } = clip.source;
  const where = file ? `${file}: ` : '';
  validateSkeleton(clip.skeleton, file);
  const count = clip.skeleton.joints.length;
  if (!(Number.isInteger(clip.frameCount) && clip.frameCount >= 1)) {
    throw new GaitwayError(
      'clip/bad-shape',
      `${where}a clip needs at least one frame, not ${clip.frameCount}.`,
      { file },
    );
  }
  const shapes: [string, Float64Array | undefined, number][] = [
    ['rotations', clip.rotations, 4 * count * clip.frameCount],
    ['translations', clip.translations, 3 * count * clip.frameCount],
    ['scales', clip.scales, 3 * count * clip.frameCount],
    ...clip.curves.map((curve): [string, Float64Array, number] => [
      `curve ${curve.name}`,
      curve.values,
      clip.frameCount,
    ]),
  ];
  for (const [name, values, size] of shapes) {
    if (values && values.length !== size) {
      throw new GaitwayError(
        'clip/bad-shape',
        `${where}${name} holds ${values.length} numbers, ${size} are wanted.`,
        {
          file,
          name,
        },
      );
    }
    const bad = values ? values.findIndex((value) => !Number.isFinite(value)) : -1;
    if (bad >= 0) {
      const perFrame = size / clip.frameCount;
      const frame = Math.floor(bad / perFrame);
      throw new GaitwayError('clip/not-finite', `${where}${name} is not finite at frame ${frame}.`, {
        file,
        name,
        frame,
      });
    }
  }
  for (let i = 0; i < clip.rotations.length; i += 4) {
    const size = Math.hypot(
      clip.rotations[i],
      clip.rotations[i + 1],
      clip.rotations[i + 2],
      clip.rotations[i + 3],
    );
    if (Math.abs(size - 1) > UNIT_SLACK) {
      const joint = clip.skeleton.joints[(i / 4) % count].name;
      const frame = Math.floor(i / 4 / count);
      throw new GaitwayError(
        'clip/not-unit',
        `${where}the rotation of "${joint}" at frame ${frame} has length ${size}; 1 is wanted.`,
        { file, joint, frame },
      );
    }
  }
  return clip;
}
