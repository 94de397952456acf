import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGaitway } from '../cli/run-gaitway.js';
import { type OpenedProject, openProject } from './opened-project.js';

let project: OpenedProject;
let mesh: string;
beforeAll(async () => {
  project = await openProject('rigs');
  const { assets } = await project.editor.inspect();
  mesh = assets.find((asset) => asset.includes('SKM_')) ?? '';
  await writeFile(join(project.folder, 'hero.json'), '{ "boneMap": 1, "roles": {} }');
});
afterAll(() => project?.close());

const gaitway = (...words: string[]) =>
  runGaitway([...words, '--port', String(project.editor.port)], { cwd: project.folder });

describe('a bone map on the command line', () => {
  it('becomes IK Rigs and a retargeter, and comes back as what it was found to be', async () => {
    const pushed = await gaitway(
      ...['push', 'hero.json', '--to', '/Game/IK', '--mesh', mesh, '--source-mesh', mesh],
    );
    expect(pushed.noted).not.toContain('error');
    expect(pushed.code).toBe(0);
    expect(pushed.printed).toMatch(/hero\.json → \/Game\/IK\/IKR_\w+, .*\/Game\/IK\/RTG_hero {2}19 chains/);

    const out = join(project.folder, 'maps');
    const pulled = await gaitway('pull', '/Game/IK/RTG_hero', '--out', out);
    expect(pulled.printed).toContain('bone map →');
    expect(pulled.code).toBe(0);
    const map = JSON.parse(await readFile(join(out, 'IK/RTG_hero.json'), 'utf8'));
    expect(map.roles).toMatchObject({
      pelvis: { source: 'pelvis', target: 'pelvis' },
      upperArmL: { target: 'upperarm_l' },
      handR: { target: 'hand_r' },
      footL: { target: 'foot_l' },
      toeR: { target: 'ball_r' },
    });
    expect(map.chains.spine.target).toEqual(['spine_01', 'spine_02', 'spine_03', 'spine_04', 'spine_05']);
    expect(map.chains.indexL.target.at(-1)).toBe('index_03_l');

    const used = await gaitway('push', join(out, 'IK/RTG_hero.json'), '--to', '/Game/IK2', '--mesh', mesh);
    expect(used.code).toBe(0);
  });

  it('wants to know the mesh', async () => {
    const { code, noted } = await gaitway('push', 'hero.json', '--to', '/Game/IK');
    expect(noted).toContain('--mesh');
    expect(code).toBe(2);
  });
});

describe('an ONNX file on the command line', () => {
  it('becomes a model, from a copy that the editor can import again', async () => {
    await writeFile(join(project.folder, 'my encoder.onnx'), Buffer.from([8, 8, 18, 0]));
    const { code, printed, noted } = await gaitway('push', 'my encoder.onnx', '--to', '/Game/Models');
    expect(noted).toContain('my_encoder');
    expect(printed).toContain('/Game/Models/my_encoder');
    expect(code).toBe(0);
    expect((await readFile(join(project.folder, 'Saved/Gaitway/models/my_encoder.onnx'))).length).toBe(4);
  });
});
