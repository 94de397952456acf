import { bake, type Clip, withRestTake } from '../../clip/index.js';
import { readScene } from '../../formats/index.js';
import type { Problem } from '../listing.js';
import { takeLabel } from '../take-label.js';

export interface ReadFiles {
  readonly clips: readonly { readonly name: string; readonly file: string; readonly clip: Clip }[];
  readonly problems: readonly Problem[];
}

const CLIP_FILE = /\.(bvh|fbx|glb|gltf|vrm|vrma|gwclip)$/i;

/**
 * Reads files that were given to the page, every take of each, by the same readers as the command line.
 *
 * Files that clips refer to (a .gltf's .bin) are looked for among the files themselves.
 */
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const clips: ReadFiles['clips'][number][] = [];
  const problems: Problem[] = [];
  const wanted = files.filter(({ name }) => CLIP_FILE.test(name));
  for (const file of wanted.length > 0 ? wanted : files) {
    try {
      const scene = withRestTake(
        await readScene(new Uint8Array(await file.arrayBuffer()), {
          file: file.name,
          resource: async (uri) => {
            const name = decodeURIComponent(uri).split('/').at(-1);
            const found = files.find((candidate) => candidate.name === name);
            if (!found) throw new Error(`${file.name} needs "${name}"; drop both together.`);
            return new Uint8Array(await found.arrayBuffer());
          },
        }),
      );
      const stem = file.name.replace(/\.\w+$/, '');
      scene.takes.forEach((_, take) => {
        clips.push({ name: takeLabel(scene, take, stem), file: file.name, clip: bake(scene, { take }) });
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ file: file.name, code: 'preview/dropped', message });
    }
  }
  return { clips, problems };
}
