import type { Clip } from './clip.js';
import { clipDuration } from './clip.js';
import { frameTime, type Rate, rateHz } from './rate.js';
import { makeLocalPose, samplePose } from './sample.js';

/**
 * The clip at another rate: frame i is the pose at `i / rate`, up to the last one inside the clip.
 *
 * The length shortens by less than a frame where the new frames do not end on the old end. Events keep
 * their times; curves are interpolated in a straight line.
 */
export function resample(clip: Clip, rate: Rate): Clip {
  if (rate.numerator === clip.rate.numerator && rate.denominator === clip.rate.denominator) return clip;
  const count = clip.skeleton.joints.length;
  const frameCount = Math.floor(clipDuration(clip) / frameTime(rate) + 1e-6) + 1;
  const rotations = new Float64Array(frameCount * count * 4);
  const translations = new Float64Array(frameCount * count * 3);
  const pose = makeLocalPose(count);
  for (let f = 0; f < frameCount; f++) {
    samplePose(clip, f * frameTime(rate), pose);
    rotations.set(pose.rotations, 4 * count * f);
    translations.set(pose.translations, 3 * count * f);
  }
  keepSignsContinuous(rotations, count);
  const { scales: _scales, ...rest } = clip;
  return {
    ...rest,
    rate,
    frameCount,
    rotations,
    translations,
    curves: clip.curves.map(({ name, values }) => ({
      name,
      values: resampleCurve(values, clip.rate, rate, frameCount),
    })),
    warnings: clip.scales
      ? [
          ...clip.warnings,
          { code: 'clip/scale-dropped', message: 'Joint scales were left out when the clip was resampled.' },
        ]
      : clip.warnings,
  };
}

/** Flips quaternions [frames, joints, 4] where needed, in place, so that neighbours in time lie on one side. */
export function keepSignsContinuous(rotations: Float64Array, jointCount: number): void {
  const row = 4 * jointCount;
  for (let i = row; i < rotations.length; i += 4) {
    const b = i - row;
    const inner =
      rotations[i] * rotations[b] +
      rotations[i + 1] * rotations[b + 1] +
      rotations[i + 2] * rotations[b + 2] +
      rotations[i + 3] * rotations[b + 3];
    if (inner < 0) for (let k = 0; k < 4; k++) rotations[i + k] = -rotations[i + k];
  }
}

function resampleCurve(values: Float64Array, from: Rate, to: Rate, frameCount: number): Float64Array {
  return Float64Array.from({ length: frameCount }, (_, f) => {
    const place = Math.min(f * frameTime(to) * rateHz(from), values.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, values.length - 1);
    return values[low] + (values[high] - values[low]) * (place - low);
  });
}
