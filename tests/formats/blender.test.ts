import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Clip, worldPoseOfFrame } from '../../src/clip/index.js';
import { writeBvh, writeFbx, writeGlb } from '../../src/formats/index.js';
import { angleBetween, conjugate, multiply, type Quat, quatAt } from '../../src/math/quat.js';
import { distance, scale, type Vec3, vec3At } from '../../src/math/vec3.js';
import { makeClip } from './made-clip.js';

const program = fileURLToPath(new URL('../../../shared/referee/blender_dump.py', import.meta.url));
const blenderRuns = existsSync(program) && spawnSync('blender', ['--version']).status === 0;

interface Dump {
  readonly clips: readonly {
    readonly joints: readonly { readonly name: string; readonly kind: string }[];
    readonly positions: readonly (readonly Vec3[])[];
    /** [w, x, y, z], each since the first frame. */
    readonly rotations: readonly (readonly [number, number, number, number][])[];
  }[];
}

/** World places and turns of a file's joints in every frame, as Blender has them. */
function seenByBlender(name: string, bytes: Uint8Array, rate: number): Dump['clips'][number] {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-blender-'));
  try {
    const [input, output] = [join(folder, name), join(folder, 'out.json')];
    writeFileSync(input, bytes);
    const blender = ['-b', '--factory-startup', '--python-exit-code', '1', '-P', program, '--'];
    const options = ['--rotations', '--up', 'y', '--fps', String(rate)];
    execFileSync('blender', [...blender, input, output, ...options], { stdio: 'pipe' });
    const { clips } = JSON.parse(readFileSync(output, 'utf8')) as Dump;
    expect(clips).toHaveLength(1);
    return clips[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WRITERS: readonly [name: string, write: (clip: Clip) => Promise<Uint8Array>, metres: number][] = [
  ['unreal.fbx', async (clip) => writeFbx([clip]).bytes, 1],
  ['y-up.fbx', async (clip) => writeFbx([clip], { axes: 'y-up' }).bytes, 1],
  ['bare.fbx', async (clip) => writeFbx([clip], { mesh: false }).bytes, 1],
  ['clip.glb', async (clip) => (await writeGlb([clip])).bytes, 1],
  ['clip.bvh', async (clip) => writeBvh(clip, { names: 'blender' }).bytes, 0.01],
];

describe.skipIf(!blenderRuns)('written files in Blender', () => {
  it.each(WRITERS)(
    '%s has all joints and frames in their places',
    async (name, write, metres) => {
      const clip = makeClip({ seed: 3, jointCount: 15, frameCount: 21 });
      const { joints, positions, rotations } = seenByBlender(name, await write(clip), 30);
      const at = new Map(joints.map((joint, j) => [joint.name, j]));
      expect(positions).toHaveLength(clip.frameCount);
      const first = worldPoseOfFrame(clip, 0);
      for (let f = 0; f < clip.frameCount; f++) {
        const pose = worldPoseOfFrame(clip, f);
        clip.skeleton.joints.forEach((joint, j) => {
          const theirs = at.get(joint.name) ?? -1;
          expect(joints[theirs]?.kind).toBe('bone');
          const place = scale(positions[f][theirs], metres);
          expect(distance(place, vec3At(pose.positions, j))).toBeLessThan(1e-5);
          const [w, x, y, z] = rotations[f][theirs];
          const turn: Quat = multiply(quatAt(pose.rotations, j), conjugate(quatAt(first.rotations, j)));
          expect((angleBetween([x, y, z, w], turn) * 180) / Math.PI).toBeLessThan(0.01);
        });
      }
    },
    60_000,
  );
});
