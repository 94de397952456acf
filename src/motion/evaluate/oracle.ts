import { principalComponents, projectRows } from '../../math/principal-components.js';
import { extractFeatures } from '../features/extract.js';
import { type FeatureLayout, layoutOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { fitNormalisation, normaliseRows } from '../features/normalise.js';
import { parseFeatureSchema } from '../features/schema.js';
import type { Scored } from './measure.js';
import { gatherRows, type SampleRows } from './samples.js';

/** Principal components of the true future that are compared. */
export const ORACLE_COMPONENTS = 48;
/** Seconds ahead of the poses that the oracle knows. */
const AHEAD = [1, 2, 3, 4, 5, 6].map((k) => k / 6);

/**
 * What an oracle compares: pose and velocity now, and the true poses up to a second ahead, all seen from the
 * present root. Pose, velocity and future have one scale each and weigh 1/2, 1/2 and 1.
 */
function futureLayout({ roles, rootJoint }: MotionTrack): FeatureLayout {
  const positions = (time: number, weight: number) =>
    roles.map((role) => ({ type: 'position', role, time, weight }));
  const layout = layoutOf(
    parseFeatureSchema({
      name: 'true future',
      ...(rootJoint !== undefined && { rootJoint }),
      channels: [
        ...positions(0, 0.5),
        ...roles.map((role) => ({ type: 'velocity', role, weight: 0.5 })),
        ...AHEAD.flatMap((time) => positions(time, 1)),
      ],
    }),
  );
  return layout;
}

/** The layout's blocks joined into three, so that each has one scale. */
function joined(layout: FeatureLayout, roleCount: number): FeatureLayout {
  const sizes = [3 * roleCount, 3 * roleCount, 3 * roleCount * AHEAD.length];
  let offset = 0;
  const blocks = ['pose', 'velocity', 'future'].map((name, k) => {
    const block = { ...layout.blocks[0], name, group: name, offset, size: sizes[k] };
    offset += sizes[k];
    return block;
  });
  return { ...layout, blocks };
}

/** Rows of database and queries in the first 48 components of the database's true future. */
export function oracleRows(
  database: Scored,
  queries: Scored,
): { readonly database: SampleRows; readonly queries: SampleRows } {
  const roles = database.tracks[0].roles;
  const layout = futureLayout(database.tracks[0]);
  const rowsOf = ({ tracks, samples }: Scored): SampleRows =>
    gatherRows(
      tracks,
      samples,
      tracks.map((track) => extractFeatures(track, layout)),
    );
  const known = rowsOf(database);
  const asked = rowsOf(queries);
  const { dimension } = layout;
  const normalisation = fitNormalisation(joined(layout, roles.length), [
    { frameCount: known.usable.length, dimension, rows: known.rows, valid: known.usable },
  ]);
  normaliseRows(normalisation, known.rows);
  normaliseRows(normalisation, asked.rows);
  const { matrix, count } = principalComponents(known.rows, dimension, ORACLE_COMPONENTS);
  const project = ({ rows, usable }: SampleRows): SampleRows => ({
    dimension: count,
    rows: projectRows(rows, dimension, matrix, count),
    usable,
  });
  return { database: project(known), queries: project(asked) };
}
