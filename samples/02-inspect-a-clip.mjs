/**
 * Opens a file through the library: what is in it, which joint plays which part, how far and fast it goes.
 *
 *   node samples/02-inspect-a-clip.mjs [FOLDER]
 *
 * Run 01-generate-clips.mjs with the same folder before.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bake, clipDuration, rateHz, worldPoseOfFrame } from 'gaitway/clip';
import { readScene } from 'gaitway/formats';
import { characterise } from 'gaitway/retarget';
import { CLIPS } from './gaitway.mjs';

const file = join(CLIPS, 'tall_wander_neutral.bvh');

// A scene is the file as it means itself; a clip is one take of it, baked to frames, in metres with Y up.
const scene = await readScene(readFileSync(file), { file });
const clip = bake(scene);
console.log(`${file}
  ${clip.source.format}, ${clip.skeleton.joints.length} joints, ${clip.frameCount} frames at ${rateHz(clip.rate)} Hz, ${clipDuration(clip)} s`);
for (const guess of clip.source.guesses) console.log(`  guessed: ${guess}`);
for (const { message } of clip.warnings) console.log(`  warning: ${message}`);

// Which joint is the left thigh? Names, form and pose say it, whatever the rig calls it.
const { roles } = characterise(clip.skeleton, { pose: worldPoseOfFrame(clip, 0) });
for (const [role, joint] of Object.entries(roles)) {
  console.log(`  ${role.padEnd(10)} ${clip.skeleton.joints[joint].name}`);
}

// World positions of a frame come from forward kinematics.
let way = 0;
let before;
for (let frame = 0; frame < clip.frameCount; frame++) {
  const { positions } = worldPoseOfFrame(clip, frame);
  const [x, z] = [positions[3 * roles.pelvis], positions[3 * roles.pelvis + 2]];
  if (before) way += Math.hypot(x - before[0], z - before[1]);
  before = [x, z];
}
console.log(`  walks ${way.toFixed(1)} m at ${(way / clipDuration(clip)).toFixed(2)} m/s`);
