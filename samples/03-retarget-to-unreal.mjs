/**
 * Carries clips of both figures onto the skeleton of Unreal's UE5 mannequin, and says how true they stayed.
 *
 *   node samples/03-retarget-to-unreal.mjs [FOLDER]
 *
 * Run 01-generate-clips.mjs with the same folder before.
 */
import { join } from 'node:path';
import { CLIPS, FOLDER, gaitway } from './gaitway.mjs';

const clips = [
  'tall_idle_neutral.bvh',
  'tall_walk_neutral.bvh',
  'tall_walk_start.bvh',
  'tall_walk_stop.bvh',
  'tall_jump.glb',
  'short_wander_neutral.bvh',
  'short_run.bvh',
  'short_turn_right_90.glb',
].map((name) => join(CLIPS, name));

// A map says which joint plays which part; where the names are known there is nothing to correct.
const { roles } = gaitway('map', clips[1], 'ue5-mannequin');
console.log(`${roles.length} parts are matched`);

const out = join(FOLDER, 'retargeted');
const { files } = gaitway(
  'retarget',
  ...clips,
  '--to',
  'ue5-mannequin',
  '--out',
  out,
  '--format',
  'glb',
  '--force',
);
// What it cost: how far limbs had to leave their directions, how fast standing feet slide, before and after.
for (const { outputs, quality } of files.flatMap(({ clips: made }) => made)) {
  const { legDegrees, slideSourceCmPerSecond: before, slideCmPerSecond: after } = quality;
  console.log(
    `${outputs[0]}: legs ${legDegrees.toFixed(1)}°, feet slide ${before.toFixed(1)} → ${after.toFixed(1)} cm/s`,
  );
}
