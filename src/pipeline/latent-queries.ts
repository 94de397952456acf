import {
  clipOfRow,
  type Encoder,
  jointOfBody,
  type MotionDatabase,
  type MotionTrack,
  makeQueryEncoder,
  type PlayBody,
  type PlaySettings,
  type QueryWriter,
} from '../motion/index.js';

/**
 * Queries of a database of latents: the encoder is told the pose of the row that plays, as in its clip, and the path
 * ahead as it is wished.
 *
 * @param tracks The motion of each clip of the database, whole and mirrored where that says so.
 * @param places Whose joints queries know now: the clip's, or the figure's as it is blended. Velocities are the clip's.
 */
export function latentQueries(
  database: MotionDatabase,
  encoder: Encoder,
  tracks: readonly MotionTrack[],
  body: PlayBody,
  places: PlaySettings['queryPlaces'],
): QueryWriter {
  const joints = encoder.plan.roles.map((role) => jointOfBody(body, role));
  const pose = new Float64Array(3 * joints.length).fill(Number.NaN);
  const encode = makeQueryEncoder(encoder);
  const point = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  return {
    past: 0,
    write(row, root, path, figure, out) {
      const clip = clipOfRow(database, row);
      const { start, firstFrame } = database.clips[clip];
      const sin = Math.sin(root.yaw);
      const cos = Math.cos(root.yaw);
      if (places === 'figure') {
        joints.forEach((joint, k) => {
          if (joint === undefined) return;
          const [x, z] = [figure[3 * joint] - root.x, figure[3 * joint + 2] - root.z];
          pose[3 * k] = x * cos - z * sin;
          pose[3 * k + 1] = figure[3 * joint + 1];
          pose[3 * k + 2] = x * sin + z * cos;
        });
      }
      encode(
        tracks[clip],
        row - start + firstFrame,
        (_frame, seconds, ahead) => {
          path(seconds, point);
          const [x, z] = [point.x - root.x, point.z - root.z];
          ahead.x = x * cos - z * sin;
          ahead.z = x * sin + z * cos;
          ahead.facingX = Math.sin(point.yaw - root.yaw);
          ahead.facingZ = Math.cos(point.yaw - root.yaw);
        },
        out,
        0,
        pose,
      );
    },
  };
}
