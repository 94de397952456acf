import { GaitwayError } from '../../errors.js';
import { size2 } from '../../math/size.js';
import type { MotionDatabase } from '../database/database.js';
import type { FeatureBlock, Keep } from '../features/feature-block.js';
import { layoutOf } from '../features/layout.js';
import { jointOfBody, type PlayBody } from './play-body.js';
import type { GroundPose } from './root-path.js';
import type { PathState } from './spring-body.js';

/** Where the character's path leads: reads at a time from now, seconds; the past as played, the future as predicted. */
export type PathAt = (seconds: number, out: PathState) => void;

/**
 * Writes queries for a database of features: what a row says of the root's path comes from `path`, seen from
 * `root`; all else is that of the row which is being played, but for where joints are now, which may be given.
 */
export interface QueryWriter {
  /** @param places [joints, 3] of the play body in the world, where queries shall know them; as the figure stands. */
  write(row: number, root: GroundPose, path: PathAt, places: Float64Array, out: Float32Array): void;
  /** Seconds that queries look back. */
  readonly past: number;
}

/** Slower than this, in metres per second, a direction fades away instead of following noise. */
const NO_DIRECTION = 0.01;
const KEPT: Readonly<Record<Keep, readonly number[]>> = { all: [0, 1, 2], ground: [0, 2], height: [1] };

/** Numbers of a row, from `at` on: which of left, up and ahead of a vector. */
interface Numbers {
  readonly at: number;
  readonly axes: readonly number[];
}
interface PathNumbers extends Numbers {
  readonly quantity: 'position' | 'velocity' | 'direction' | 'facing';
  readonly time: number;
  /** It is seen from where the root is then. */
  readonly originTime: number;
}
interface PlaceNumbers extends Numbers {
  readonly joint: number;
}

/**
 * Prepares queries of whatever the database's schema compares.
 *
 * Places of joints now are taken from the figure where the schema says so (`"query": "character"`), or everywhere
 * with `places` `figure`.
 *
 * @throws GaitwayError `simulate/latent-database` where rows are latents: those of a query are made by an encoder.
 */
export function makeQueryWriter(
  { content, rows, dimension, mean, factor }: MotionDatabase,
  body: PlayBody,
  places: 'clip' | 'figure',
): QueryWriter {
  if (content.kind === 'latents') {
    throw new GaitwayError(
      'simulate/latent-database',
      'This database holds latents, and a query must be encoded as they were; give what encodes queries, or build a database of features from the same clips.',
    );
  }
  const { blocks } = layoutOf(content.schema);
  const paths = blocks.flatMap(pathNumbers);
  const joints = blocks.flatMap((block) => placeNumbers(block, body, places));
  const seen: PathState = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  const origin: PathState = { ...seen };
  const put = (
    { at, axes }: Numbers,
    x: number,
    y: number,
    z: number,
    yaw: number,
    out: Float32Array,
  ): void => {
    const sin = Math.sin(yaw);
    const cos = Math.cos(yaw);
    for (let k = 0; k < axes.length; k++) {
      const value = axes[k] === 0 ? x * cos - z * sin : axes[k] === 1 ? y : x * sin + z * cos;
      out[at + k] = (value - mean[at + k]) * factor[at + k];
    }
  };
  return {
    past: Math.max(0, ...paths.flatMap(({ time, originTime }) => [-time, -originTime])),
    write(row, root, path, figure, out) {
      const from = row * dimension;
      for (let k = 0; k < dimension; k++) out[k] = rows[from + k];
      for (const numbers of paths) {
        const { quantity, time, originTime } = numbers;
        path(time, seen);
        if (originTime === 0) Object.assign(origin, root);
        else path(originTime, origin);
        if (quantity === 'position') put(numbers, seen.x - origin.x, 0, seen.z - origin.z, origin.yaw, out);
        else if (quantity === 'facing')
          put(numbers, Math.sin(seen.yaw), 0, Math.cos(seen.yaw), origin.yaw, out);
        else {
          const speed = Math.max(size2(seen.velocityX, seen.velocityZ), NO_DIRECTION);
          const share = quantity === 'direction' ? 1 / speed : 1;
          put(numbers, seen.velocityX * share, 0, seen.velocityZ * share, origin.yaw, out);
        }
      }
      for (const numbers of joints) {
        const at = 3 * numbers.joint;
        put(numbers, figure[at] - root.x, figure[at + 1], figure[at + 2] - root.z, root.yaw, out);
      }
    },
  };
}

/** What a block says of the root's path, if it does. */
function pathNumbers({ source, offset: at }: FeatureBlock): PathNumbers[] {
  if (source.quantity === 'phase' || source.joint !== undefined) return [];
  const { time, originTime, keep } = source;
  const numbers = { at, axes: KEPT[keep], time, originTime };
  switch (source.quantity) {
    case 'position':
      return source.origin === undefined ? [{ ...numbers, quantity: 'position' }] : [];
    case 'heading':
      return [{ ...numbers, quantity: 'facing' }];
    case 'velocity':
      // Less the root's own movement nothing is left of it.
      if (source.space === 'character') return [];
      return [{ ...numbers, quantity: source.normalise ? 'direction' : 'velocity' }];
  }
}

/** The place of a joint now, seen from the root, if that is what a block says and the figure is asked for it. */
function placeNumbers(
  { source, offset: at, query }: FeatureBlock,
  body: PlayBody,
  places: 'clip' | 'figure',
): PlaceNumbers[] {
  if (source.quantity !== 'position' || source.joint === undefined || source.origin !== undefined) return [];
  const isNow = source.time === 0 && source.originTime === 0;
  const joint = jointOfBody(body, source.joint);
  if (!isNow || joint === undefined || (places === 'clip' && query === 'continuing')) return [];
  return [{ at, axes: KEPT[source.keep], joint }];
}
