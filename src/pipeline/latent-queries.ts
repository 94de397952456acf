import {
  clipOfRow,
  type Encoder,
  type MotionDatabase,
  type MotionTrack,
  makeQueryEncoder,
  type QueryWriter,
} from '../motion/index.js';

/**
 * Queries of a database of latents: the encoder is told the pose of the row that plays, as in its clip, and the path
 * ahead as it is wished.
 *
 * @param tracks The motion of each clip of the database, whole and mirrored where that says so.
 */
export function latentQueries(
  database: MotionDatabase,
  encoder: Encoder,
  tracks: readonly MotionTrack[],
): QueryWriter {
  const encode = makeQueryEncoder(encoder);
  const point = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  return {
    past: 0,
    write(row, root, path, _places, out) {
      const clip = clipOfRow(database, row);
      const { start, firstFrame } = database.clips[clip];
      const sin = Math.sin(root.yaw);
      const cos = Math.cos(root.yaw);
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
      );
    },
  };
}
