import { readScene } from 'gaitway/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LibraryFile, libraryFiles, SCRIPTS } from '../../samples/generator/index.js';
import { BODY_ROLES } from '../../src/clip/index.js';

interface Manifest {
  readonly count: number;
  readonly families: Record<string, { joints: number; roles: Record<string, string> }>;
  readonly files: readonly {
    name: string;
    bytes: number;
    skeleton_family: string;
    label: { content: string; style: string };
    split: string;
    frames: number;
    fps: number;
    contacts: Record<string, [number, number][]>;
  }[];
}

const scripts = SCRIPTS.filter(({ name }) => ['turn_left_90', 'jump'].includes(name));
let files: Map<string, Uint8Array>;
let manifest: Manifest;

beforeAll(async () => {
  const made: LibraryFile[] = [];
  for await (const file of libraryFiles(1, scripts)) made.push(file);
  files = new Map(made.map(({ name, bytes }) => [name, bytes]));
  manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as Manifest;
});

describe('the manifest', () => {
  it('comes last and names every file with its size', () => {
    expect([...files.keys()].at(-1)).toBe('manifest.json');
    expect(manifest.files.map(({ name }) => name)).toEqual([...files.keys()].slice(0, -1));
    expect(manifest.count).toBe(4);
    for (const { name, bytes } of manifest.files) expect(files.get(name)).toHaveLength(bytes);
  });

  it('says of every file what its reader finds: frames, rate, joints, and a joint for each role', async () => {
    for (const { name, frames, fps, skeleton_family } of manifest.files) {
      const scene = await readScene(files.get(name) as Uint8Array, { file: name });
      const { joints, roles } = manifest.families[skeleton_family];
      expect(scene.takes[0]).toMatchObject({ frameCount: frames, rate: { numerator: fps, denominator: 1 } });
      expect(scene.skeleton.joints).toHaveLength(joints);
      expect(new Set(Object.keys(roles))).toEqual(new Set(BODY_ROLES));
      const names = scene.skeleton.joints.map((joint) => joint.name);
      for (const joint of Object.values(roles)) expect(names).toContain(joint);
    }
  });

  it('says when each foot stands', () => {
    const jump = manifest.files.find(({ name }) => name === 'tall_jump.glb');
    expect(jump?.fps).toBe(60);
    for (const spans of Object.values(jump?.contacts ?? {})) {
      expect(spans).toHaveLength(2);
      expect(spans[0][0]).toBe(0);
      expect(spans[1][1]).toBe((jump?.frames ?? 0) - 1);
    }
  });

  it('is written alike twice, byte for byte, as are the clips', async () => {
    for await (const { name, bytes } of libraryFiles(1, scripts)) {
      expect(Buffer.compare(bytes, files.get(name) as Uint8Array), name).toBe(0);
    }
  });
});
