import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Scene } from '../../src/clip/index.js';
import { bodyOfScene, openScene } from '../../src/pipeline/index.js';
import type { Body } from '../../src/retarget/index.js';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const KINDS = /\.(?:bvh|fbx|glb|gltf|vrm|vrma)$/i;
/** Answers of other programs, and hundreds of clips of one skeleton. */
const PASSED_OVER = /(?:^|[\\/])(?:golden|locomotion)[\\/]/;

/** Paths below the shared data, `/` between folders; none where it is not there. */
export const sharedSkeletons: readonly string[] = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true })
      .map(String)
      .filter((file) => KINDS.test(file) && !PASSED_OVER.test(file))
      .map((file) => file.replaceAll('\\', '/'))
      .sort()
  : [];

/** Every file with a person in it, one for each skeleton of a folder. */
export async function* sharedScenes(): AsyncGenerator<{ file: string; scene: Scene; body: Body }> {
  const seen = new Set<string>();
  for (const file of sharedSkeletons) {
    const scene = await openScene(`${FOLDER}${file}`).catch(() => undefined);
    if (!scene) continue;
    const folder = file.slice(0, file.lastIndexOf('/'));
    const key = [folder, ...scene.skeleton.joints.map(({ name }) => name)].join('\n');
    if (seen.has(key)) continue;
    seen.add(key);
    const body = bodyOr(scene);
    if (body) yield { file, scene, body };
  }
}

function bodyOr(scene: Scene): Body | undefined {
  try {
    return bodyOfScene(scene);
  } catch {
    return undefined;
  }
}

/** The scene with all that its names tell taken away. */
export function nameless({ humanoid: _, ...scene }: Scene): Scene {
  const joints = scene.skeleton.joints.map((joint, j) => ({
    ...joint,
    name: `joint_${j}`,
    sourceName: `joint_${j}`,
  }));
  return { ...scene, skeleton: { joints } };
}
