import { GaitwayError } from '../../errors.js';
import { solvePositive } from '../../math/cholesky.js';
import { CONTACT_TAGS, footContacts } from '../features/contacts.js';
import { GAIT_TAGS, gaitTags } from '../features/gait-tags.js';
import type { Moments } from './moments.js';

/** Where latents are to go: `weights` · (z − mean) is 0 on average and has unit spread over all moments. */
export interface Direction {
  readonly name: string;
  /** [dim] */
  readonly weights: Float64Array;
}

/** Tags that a direction can lead towards. */
export const DIRECTION_TAGS = [...GAIT_TAGS, ...CONTACT_TAGS] as const;

/** How firmly directions towards tags keep to latents that vary. */
const RIDGE = 1e-3;

/**
 * The direction that a text names: `latent:3` (from 0), `latent:-3` the other way, or `tag:run`, along which moments with
 * the tag stand out most from the others.
 *
 * @throws GaitwayError `explain/no-direction` where there is no such latent or tag, or no moment with it or without it.
 * @see R. A. Fisher, "The Use of Multiple Measurements in Taxonomic Problems" (1936), for directions towards tags.
 */
export function directionOf(name: string, moments: Moments): Direction {
  const latent = /^latent:(-?)(\d+)$/.exec(name);
  const dim = moments.mean.length;
  if (latent) {
    const k = Number(latent[2]);
    if (k >= dim) throw noDirection(name, `latents are numbered 0 to ${dim - 1}`);
    const weights = new Float64Array(dim);
    weights[k] = latent[1] === '-' ? -1 : 1;
    return { name, weights: toUnitSpread(weights, moments) };
  }
  const tag = DIRECTION_TAGS.find((known) => name === `tag:${known}`);
  if (!tag)
    throw noDirection(name, `latent:0 to latent:${dim - 1}, or tag: with ${DIRECTION_TAGS.join(', ')}`);
  return { name, weights: toUnitSpread(towardsTag(name, tagged(moments, tag), moments), moments) };
}

/** How far a latent at `z[at …]` lies along a direction, in standard deviations of all moments. */
export function along({ weights }: Direction, { mean }: Moments, z: ArrayLike<number>, at = 0): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * (z[at + k] - mean[k]);
  return sum;
}

function tagged({ tracks, trackOf, frameOf }: Moments, tag: (typeof DIRECTION_TAGS)[number]): Uint8Array {
  const gait = (GAIT_TAGS as readonly string[]).indexOf(tag);
  const side = (CONTACT_TAGS as readonly string[]).indexOf(tag);
  const holds = tracks.map((track) => {
    if (gait < 0) return footContacts(track).filter((_, k) => k % 2 === side);
    return Uint8Array.from(gaitTags(track), (bits) => (bits >> gait) & 1);
  });
  return Uint8Array.from(trackOf, (t, i) => holds[t][frameOf[i]]);
}

function towardsTag(name: string, holds: Uint8Array, { queries, mean }: Moments): Float64Array {
  const dim = mean.length;
  const counts = [0, 0];
  const means = [new Float64Array(dim), new Float64Array(dim)];
  holds.forEach((is, i) => {
    counts[is]++;
    for (let k = 0; k < dim; k++) means[is][k] += queries[i * dim + k];
  });
  if (counts[0] === 0 || counts[1] === 0)
    throw noDirection(name, `${counts[1] === 0 ? 'no moment has' : 'every moment has'} this tag`);
  means.forEach((sum, is) => {
    for (let k = 0; k < dim; k++) sum[k] /= counts[is];
  });
  const within = new Float64Array(dim * dim);
  holds.forEach((is, i) => {
    for (let a = 0; a < dim; a++)
      for (let b = 0; b < dim; b++)
        within[a * dim + b] +=
          ((queries[i * dim + a] - means[is][a]) * (queries[i * dim + b] - means[is][b])) / holds.length;
  });
  let trace = 0;
  for (let k = 0; k < dim; k++) trace += within[k * dim + k];
  for (let k = 0; k < dim; k++) within[k * dim + k] += (RIDGE * trace) / dim + Number.MIN_VALUE;
  return solvePositive(
    within,
    means[1].map((value, k) => value - means[0][k]),
    dim,
    1,
  );
}

function toUnitSpread(weights: Float64Array, { queries, mean }: Moments): Float64Array {
  const dim = weights.length;
  const count = queries.length / dim;
  let square = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += weights[k] * (queries[i * dim + k] - mean[k]);
    square += sum * sum;
  }
  const spread = Math.sqrt(square / count);
  return spread > 0 ? weights.map((weight) => weight / spread) : weights;
}

const noDirection = (name: string, wanted: string): GaitwayError =>
  new GaitwayError('explain/no-direction', `There is no direction "${name}": ${wanted}.`, { name });
