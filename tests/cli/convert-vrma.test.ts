import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bake, type Clip, encodeClip } from '../../src/clip/index.js';
import { readScene } from '../../src/formats/index.js';
import { makeHuman } from '../formats/gltf/made-human.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { type CliRun, runGaitway } from './run-gaitway.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const run = (...args: string[]): Promise<CliRun> => runGaitway(args, { cwd: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-vrma-'));
  writeFileSync(at('human.gwclip'), encodeClip(makeHuman().clip));
  // A zero pose that lies along Z: what some capture systems write.
  const lying = madeBvh({ frames: 3 }).replace(/OFFSET (\S+) (\S+) (\S+)/g, 'OFFSET $1 $3 $2');
  writeFileSync(at('lying.bvh'), lying);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (name: string): Promise<{ clip: Clip; bones: string[] }> => {
  const scene = await readScene(readFileSync(at(name)), { file: name });
  return { clip: bake(scene), bones: Object.keys(scene.humanoid ?? {}) };
};

it('writes a VRMA with the bones of the person that the joints make', async () => {
  const { noted } = await run('convert', at('human.gwclip'), at('human.vrma'));
  expect(noted).not.toContain('error');
  const { clip, bones } = await read('human.vrma');
  expect(clip.frameCount).toBe(12);
  expect(bones).toEqual(expect.arrayContaining(['hips', 'head', 'leftLowerLeg', 'rightHand']));
});

it('says what to do where the rest pose is no standing person', async () => {
  const { code, noted } = await run(
    'convert',
    at('lying.bvh'),
    at('lying.vrma'),
    '--unit',
    'cm',
    '--up',
    'y',
  );
  expect(code).toBe(1);
  expect(noted).toContain('carry the clip onto a VRM model first');
});
