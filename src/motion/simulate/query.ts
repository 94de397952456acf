import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';
import type { FeatureBlock, Keep } from '../features/feature-block.js';
import { layoutOf } from '../features/layout.js';
import type { GroundPose } from './root-path.js';
import type { PathState } from './spring-body.js';

/** Where the character's path leads: reads at a time from now, seconds; the past as played, the future as predicted. */
export type PathAt = (seconds: number, out: PathState) => void;

/**
 * Writes queries for a database of features: what a row says of the root's path comes from `path`, seen from
 * `root`; all else is that of the row which is being played.
 */
export interface QueryWriter {
  write(row: number, root: GroundPose, path: PathAt, out: Float32Array): void;
  /** Seconds that queries look back. */
  readonly past: number;
}

/** Neighbouring numbers of a row that tell of the root's path. */
interface PathNumbers {
  readonly quantity: 'position' | 'velocity' | 'facing';
  readonly time: number;
  /** Seconds at which the root stands from which they are seen. */
  readonly originTime: number;
  readonly keep: Keep;
  /** The direction alone. */
  readonly unit: boolean;
  readonly at: number;
}

/** What a block reads from the root's path; nothing where it tells of joints. */
function pathNumbers({ source, offset }: FeatureBlock): PathNumbers[] {
  if (source.quantity === 'phase' || source.joint !== undefined) return [];
  const { time, originTime, keep } = source;
  const common = { time, originTime, keep, at: offset };
  if (source.quantity === 'heading') return [{ ...common, quantity: 'facing', unit: false }];
  if (source.origin !== undefined) return [];
  if (source.quantity === 'position') return [{ ...common, quantity: 'position', unit: false }];
  return source.space === 'world' ? [{ ...common, quantity: 'velocity', unit: source.normalise }] : [];
}

/**
 * Prepares queries of whatever the database's schema compares.
 *
 * @throws GaitwayError `simulate/latent-database` where rows are latents: those of a query are made by the encoder,
 *   from the places of all joints, which this does not have.
 */
export function makeQueryWriter({ content, rows, dimension, mean, factor }: MotionDatabase): QueryWriter {
  if (content.kind === 'latents') {
    throw new GaitwayError(
      'simulate/latent-database',
      'This database holds latents, and playing asks with a schema’s features; build a database from the same clips without --encoder or --latents.',
    );
  }
  const numbers = layoutOf(content.schema).blocks.flatMap(pathNumbers);
  const point: PathState = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  return {
    past: Math.max(0, ...numbers.map(({ time }) => -time)),
    write(row, root, path, out) {
      const from = row * dimension;
      for (let k = 0; k < dimension; k++) out[k] = rows[from + k];
      const put = (at: number, value: number): void => {
        out[at] = (value - mean[at]) * factor[at];
      };
      for (const { quantity, time, originTime, keep, unit, at } of numbers) {
        let { x: fromX, z: fromZ, yaw } = root;
        if (originTime !== 0) {
          path(originTime, point);
          ({ x: fromX, z: fromZ, yaw } = point);
        }
        path(time, point);
        let x = quantity === 'facing' ? Math.sin(point.yaw) : point.velocityX;
        let z = quantity === 'facing' ? Math.cos(point.yaw) : point.velocityZ;
        if (quantity === 'position') {
          x = point.x - fromX;
          z = point.z - fromZ;
        }
        if (unit) {
          const size = Math.sqrt(x * x + z * z) || 1;
          x /= size;
          z /= size;
        }
        // The root stays on the ground, so its height is 0.
        if (keep !== 'ground') put(keep === 'height' ? at : at + 1, 0);
        if (keep === 'height') continue;
        const sin = Math.sin(yaw);
        const cos = Math.cos(yaw);
        put(at, x * cos - z * sin);
        put(keep === 'all' ? at + 2 : at + 1, x * sin + z * cos);
      }
    },
  };
}
