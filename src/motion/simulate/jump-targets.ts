import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';

/**
 * The database with those frames masked (2: may only play on) that lie within `seconds` of a clip's end, so that
 * every jump has something to play.
 *
 * @throws GaitwayError `simulate/nothing-to-play` where no frame is left.
 */
export function withoutClipEnds(database: MotionDatabase, seconds: number): MotionDatabase {
  const valid = database.valid.slice();
  const least = Math.max(1, Math.round(seconds * database.rateHz));
  for (const { start, frameCount, loops } of database.clips) {
    if (loops) continue;
    for (let row = start + Math.max(0, frameCount - least); row < start + frameCount; row++) {
      if (valid[row] === 1) valid[row] = 2;
    }
  }
  if (valid.includes(1)) return { ...database, valid };
  throw new GaitwayError(
    'simulate/nothing-to-play',
    `None of the ${database.clips.length} clips has a usable frame with ${seconds.toFixed(2)} s to play after it; build the database from longer clips.`,
    { clips: database.clips.length, seconds },
  );
}
