import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scene } from '../../../src/clip/index.js';
import { splitGltf } from '../../../src/formats/gltf/container.js';
import { readScene } from '../../../src/formats/index.js';

const BINARY = fileURLToPath(new URL('../../../node_modules/fbx2gltf/bin/Linux/FBX2glTF', import.meta.url));

/** Whether Autodesk's FBX SDK, which the package fbx2gltf holds, runs here. */
export const autodeskRuns = process.platform === 'linux' && process.arch === 'x64' && existsSync(BINARY);

export interface BakedByAutodesk {
  readonly scene: Scene;
  /** The nodes of the whole file, joints or not. */
  readonly nodes: readonly { readonly name?: string; readonly extras?: Record<string, unknown> }[];
}

/** Has Autodesk's FBX SDK read a file and bake its takes at a rate. It fails in silence: count nodes and frames. */
export async function bakeWithAutodesk(
  fbx: Uint8Array | string,
  rate: 24 | 30 | 60,
): Promise<BakedByAutodesk> {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-autodesk-'));
  try {
    const program = join(folder, 'FBX2glTF');
    copyFileSync(BINARY, program);
    chmodSync(program, 0o755);
    const [input, output] = [join(folder, 'in.fbx'), join(folder, 'out')];
    writeFileSync(input, fbx);
    const options = ['-b', '--user-properties', '--anim-framerate', `bake${rate}`, '--fbx-temp-dir', folder];
    execFileSync(program, [...options, '-i', input, '-o', output], { stdio: 'pipe' });
    const bytes = readFileSync(`${output}.glb`);
    const { json } = splitGltf(bytes, 'out.glb') as { json: { nodes: BakedByAutodesk['nodes'] } };
    return { scene: await readScene(bytes, { file: 'out.glb' }), nodes: json.nodes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
