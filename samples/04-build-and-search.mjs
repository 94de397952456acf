/**
 * Builds a motion-matching database of the retargeted clips, says what it covers, and asks it one question.
 *
 *   node samples/04-build-and-search.mjs [FOLDER]
 *
 * Run 03-retarget-to-unreal.mjs with the same folder before.
 */
import { join } from 'node:path';
import { FOLDER, gaitway } from './gaitway.mjs';

const database = join(FOLDER, 'motion.gwdb');

// One row of numbers a frame: feet, hips and the path ahead. Frames too near a clip's end are never answered with.
const built = gaitway('build', join(FOLDER, 'retargeted'), '--out', database, '--force');
console.log(`${built.clips} clips, ${built.frames} frames, ${built.validFrames} of them usable`);

// Which moments are most like the walk after 2 s?
const { matches } = gaitway('search', database, '--clip', 'tall_walk_neutral', '--time', '2', '--top', '3');
for (const { clipName, time, cost } of matches) {
  console.log(`${clipName} at ${time.toFixed(2)} s, cost ${cost.toFixed(3)}`);
}
