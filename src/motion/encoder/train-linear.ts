import { seededRandom } from '../../math/random.js';
import type { MotionTrack } from '../features/motion-track.js';
import { drawBends } from './bent-path.js';
import { type Encoder, legRange } from './encoder.js';
import { inputBlocks, plainInputs } from './inputs.js';
import { linearArchitecture } from './layers.js';
import { fitRegression } from './linear.js';
import { multiply } from './products.js';
import { fitScaling, scaledRows } from './rows.js';
import { inputRows, requireAlike, samplesOf, targetRows } from './samples.js';
import { fitTargets, projectedRows } from './targets.js';

export interface LinearSettings {
  readonly dim: number;
  readonly seed: number;
  /** Share of the moments whose path is bent while fitting: 0 trusts the path ahead, 1 nearly ignores it. */
  readonly noiseShare: number;
}

/**
 * The closed-form encoder: what the pose, its velocity and the path ahead say about the coming second, linearly.
 *
 * Database and queries are encoded alike. The baseline that every other encoder must beat.
 *
 * @throws GaitwayError `encoder/mixed-skeletons`, `encoder/mixed-rates`, `encoder/too-few-samples`.
 */
export function trainLinear(tracks: readonly MotionTrack[], settings: LinearSettings): Encoder {
  const { roles, rateHz } = requireAlike(tracks);
  const plan = plainInputs(roles, rateHz);
  const samples = samplesOf(tracks);
  const scaling = fitScaling(inputRows(samples, plan), inputBlocks(plan));
  const draws =
    settings.noiseShare > 0
      ? drawBends(samples.count, settings.noiseShare, seededRandom(settings.seed))
      : undefined;
  const x = scaledRows(inputRows(samples, plan, draws && { draws }), scaling);
  const raw = targetRows(samples, roles.length);
  const y = projectedRows(raw, fitTargets(raw, roles.length));
  const { weights, directions, dim } = fitRegression(x, y, settings.dim);
  const shortcut = Float32Array.from(multiply(weights, directions, x.size, y.size, dim));
  return {
    kind: 'linear',
    dim,
    plan,
    legs: legRange(tracks),
    scaling,
    network: { architecture: linearArchitecture(x.size, dim), arrays: [], shortcut },
  };
}
