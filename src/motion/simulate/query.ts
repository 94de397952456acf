import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';
import { layoutOf } from '../features/layout.js';
import type { PlayBody } from './play-body.js';
import type { GroundPose } from './root-path.js';
import type { PathState } from './spring-body.js';

/** Where the character's path leads: reads at a time from now, seconds; the past as played, the future as predicted. */
export type PathAt = (seconds: number, out: PathState) => void;

/**
 * Writes queries for a database of features: what a row says of the root's path comes from `path`, seen from
 * `root`; all else is that of the row which is being played, but for where joints are now, if `places` [joints, 3]
 * (world, joints of the play body) are given.
 */
export interface QueryWriter {
  write(
    row: number,
    root: GroundPose,
    path: PathAt,
    places: Float64Array | undefined,
    out: Float32Array,
  ): void;
  /** Seconds that queries look back. */
  readonly past: number;
}

interface PathNumbers {
  readonly quantity: 'path-position' | 'path-velocity' | 'path-facing';
  readonly time: number;
  readonly at: number;
}

/** Numbers of a row that tell where a joint is now: which of left, up and ahead, from `at` on. */
interface PlaceNumbers {
  readonly joint: number;
  readonly axes: readonly number[];
  readonly at: number;
}

const AXES = { all: [0, 1, 2], ground: [0, 2], height: [1] } as const;

/**
 * Prepares queries of whatever the database's schema compares; `roles` are the joints of the play body.
 *
 * @throws GaitwayError `simulate/latent-database` where rows are latents: those of a query are made by the encoder,
 *   from the places of all joints, which this does not have.
 */
export function makeQueryWriter(
  { content, rows, dimension, mean, factor }: MotionDatabase,
  roles: PlayBody['roles'],
): QueryWriter {
  if (content.kind === 'latents') {
    throw new GaitwayError(
      'simulate/latent-database',
      'This database holds latents, and playing asks with a schema’s features; build a database from the same clips without --encoder or --latents.',
    );
  }
  const { blocks } = layoutOf(content.schema);
  const paths: PathNumbers[] = blocks.flatMap(({ source, offset }) => {
    if (!('times' in source)) return [];
    const { quantity, times } = source;
    return times.map((time, k) => ({ quantity, time, at: offset + 2 * k }));
  });
  const joints: PlaceNumbers[] = blocks.flatMap(({ source, offset }) => {
    if (source.quantity !== 'joint-position' || source.time !== 0) return [];
    const joint = roles[source.role];
    return joint === undefined ? [] : [{ joint, axes: AXES[source.keep], at: offset }];
  });
  const point: PathState = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  const place = new Float64Array(3);
  return {
    past: Math.max(0, ...paths.map(({ time }) => -time)),
    write(row, root, path, places, out) {
      const from = row * dimension;
      for (let k = 0; k < dimension; k++) out[k] = rows[from + k];
      const sin = Math.sin(root.yaw);
      const cos = Math.cos(root.yaw);
      for (const { quantity, time, at } of paths) {
        path(time, point);
        let x: number;
        let z: number;
        if (quantity === 'path-position') {
          x = point.x - root.x;
          z = point.z - root.z;
        } else if (quantity === 'path-velocity') {
          x = point.velocityX;
          z = point.velocityZ;
        } else {
          x = Math.sin(point.yaw);
          z = Math.cos(point.yaw);
        }
        out[at] = (x * cos - z * sin - mean[at]) * factor[at];
        out[at + 1] = (x * sin + z * cos - mean[at + 1]) * factor[at + 1];
      }
      if (!places) return;
      for (const { joint, axes, at } of joints) {
        const x = places[3 * joint] - root.x;
        const z = places[3 * joint + 2] - root.z;
        place[0] = x * cos - z * sin;
        place[1] = places[3 * joint + 1];
        place[2] = x * sin + z * cos;
        for (let k = 0; k < axes.length; k++) out[at + k] = (place[axes[k]] - mean[at + k]) * factor[at + k];
      }
    },
  };
}
