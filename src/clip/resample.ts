import type { Clip } from './clip.js';
import { clipDuration } from './clip.js';
import { keepSignsContinuous } from './continuous-signs.js';
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

function resampleCurve(values: Float64Array, from: Rate, to: Rate, frameCount: number): Float64Array {
  return Float64Array.from({ length: frameCount }, (_, f) => {
    const place = Math.min(f * frameTime(to) * rateHz(from), values.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, values.length - 1);
    return values[low] + (values[high] - values[low]) * (place - low);
  });
}
