import { describe, expect, it } from 'vitest';
import type { Skeleton } from '../../../src/clip/index.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import type { DatabaseSource } from '../../../src/motion/index.js';
import { makePlayBody } from '../../../src/motion/simulate/play-body.js';
import { makeQueryWriter, type PathAt } from '../../../src/motion/simulate/query.js';
import { LEG_JOINTS, madeSource } from '../made-sources.js';
import { LEG_ROLES } from '../made-tracks.js';

const walks = [
  madeSource({ name: 'left', frames: 121, turn: 0.8, speed: 1.4, cadence: 2 }),
  madeSource({ name: 'right', frames: 121, turn: -0.5, speed: 0.7, cadence: 1.5 }),
  madeSource({ name: 'ahead', frames: 121, speed: 2.5, cadence: 3 }),
];
const [{ track }] = walks as [DatabaseSource];

/** The path that the clip itself takes, seen from one of its frames. */
function ownPath({ rootX, rootZ, facingX, facingZ, rateHz }: MotionTrack, frame: number): PathAt {
  return (seconds, out) => {
    const f = Math.round(frame + seconds * rateHz);
    out.x = rootX[f];
    out.z = rootZ[f];
    out.yaw = Math.atan2(facingX[f], facingZ[f]);
    out.velocityX = ((rootX[f + 1] - rootX[f - 1]) * rateHz) / 2;
    out.velocityZ = ((rootZ[f + 1] - rootZ[f - 1]) * rateHz) / 2;
  };
}

/** As the tracks' bodies are joined; where they rest does not matter here. */
const SKELETON: Skeleton = {
  joints: LEG_JOINTS.map(({ name, parent, offset }) => ({
    name,
    sourceName: name,
    parent,
    restTranslation: offset,
    restRotation: [0, 0, 0, 1],
    restScale: [1, 1, 1],
  })),
};

const SCHEMAS = {
  holden: BUILT_IN_SCHEMAS.holden(),
  'every quantity of a path': parseFeatureSchema({
    name: 'path',
    channels: [
      { type: 'heading', time: 0.2 },
      { type: 'position', time: 0.4, originTime: 0.1, keep: 'all' },
      { type: 'velocity', time: -0.3, keep: 'ground', normalise: true },
      { type: 'velocity', role: 'footL', space: 'character' },
      {
        type: 'trajectory',
        samples: [
          { time: -0.4, position: 'all', velocity: true },
          { time: 0.5, position: true, velocityDirection: 'all', facing: 'all' },
        ],
      },
    ],
  }),
};

describe('a query', () => {
  it.each(Object.entries(SCHEMAS))(
    'of %s is the row itself where the path is the clip’s own',
    (_, schema) => {
      const { database } = buildDatabase(walks, schema);
      const { rows, dimension } = database;
      const frame = 60;
      const writer = makeQueryWriter(database, makePlayBody(database, SKELETON), 'figure');
      const figure = track.positions.subarray(
        frame * 3 * LEG_ROLES.length,
        (frame + 1) * 3 * LEG_ROLES.length,
      );
      const out = new Float32Array(dimension);
      const root = {
        x: track.rootX[frame],
        z: track.rootZ[frame],
        yaw: Math.atan2(track.facingX[frame], track.facingZ[frame]),
      };
      writer.write(frame, root, ownPath(track, frame), figure, out);
      for (let k = 0; k < dimension; k++) expect(out[k]).toBeCloseTo(rows[frame * dimension + k], 3);

      // Another path gives another query, in the numbers of the path alone.
      const other = new Float32Array(dimension);
      writer.write(frame, root, ownPath(track, frame - 20), figure, other);
      expect(other).not.toEqual(out);
    },
  );
});
