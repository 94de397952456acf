/** Feature rows of real motion, clip by clip, to make databases of any size from. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { seededRandom } from '../../../dist/math/random.js';
import {
  BUILT_IN_SCHEMAS,
  extractFeatures,
  fitNormalisation,
  layoutOf,
  mirrorTrack,
  normaliseRows,
} from '../../../dist/motion/index.js';
import { motionTrackOfFile } from '../../../dist/pipeline/index.js';

const SHARED = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../../../shared/data');
/** Holden's rate. */
const RATE_HZ = 60;

/**
 * Clips of ../shared/data/locomotion, ../shared/data/library and two GLB libraries, each also mirrored, shuffled, as
 * normalised rows of Holden's 27 features; nothing where they are not there.
 *
 * The bodies differ in size, as nothing is retargeted here: rows of several bodies are more spread than those of one.
 */
export async function motionClips() {
  if (!existsSync(join(SHARED, 'locomotion'))) return undefined;
  const layout = layoutOf(BUILT_IN_SCHEMAS.holden());
  const clips = [];
  for (const file of clipFiles()) {
    const track = await motionTrackOfFile(file, { rateHz: RATE_HZ }).then(
      (opened) => opened.track,
      () => undefined, // a skeleton without feet
    );
    if (!track) continue;
    for (const seen of [track, mirrorTrack(track)]) {
      const features = extractFeatures(seen, layout);
      if (features.valid.includes(1)) clips.push({ name: relative(SHARED, file), ...features });
    }
  }
  const normalisation = fitNormalisation(layout, clips);
  for (const { rows } of clips) normaliseRows(normalisation, rows);
  shuffle(clips, seededRandom(5));
  return { layout, rateHz: RATE_HZ, normalisation, clips };
}

function clipFiles() {
  const folder = (name) =>
    readdirSync(join(SHARED, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(bvh|fbx|glb)$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const libraries = ['kaykit_rogue_76clips.glb', 'boxman_34clips.glb'].map((name) =>
    join(SHARED, 'gltf', name),
  );
  return [...folder('locomotion'), ...folder('library'), ...libraries.filter(existsSync)].sort();
}

function shuffle(items, random) {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
