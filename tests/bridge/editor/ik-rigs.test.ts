import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EditorSession } from '../../../src/bridge/index.js';
import { type OpenedStandIn, openStandIn } from '../opened-stand-in.js';

const purpose = { purpose: 'testing' };
const MESH = '/Game/Characters/SKM_Test';
const made = { contentHash: 'abc', sourceName: 'hero.json', force: false };
const chains = [
  { name: 'Spine', start: 'spine', end: 'head', goal: '' },
  { name: 'LeftLeg', start: 'thigh_l', end: 'calf_l', goal: 'LeftFootIK' },
];

let opened: OpenedStandIn;
let session: EditorSession;
beforeAll(async () => {
  opened = await openStandIn();
  session = await opened.session();
});
afterAll(() => opened.close());

const write = (path: string, more: object = {}) =>
  session.call('write_ik_rig', { path, mesh: MESH, root: 'pelvis', chains, ...made, ...more }, purpose);

describe('an IK Rig', () => {
  const path = '/Game/IK/IKR_Hero';

  it('is written with its chains, and read back with all their bones', async () => {
    expect(await write(path)).toEqual({ path, created: true });
    expect(await session.call('ik_rig', { path }, purpose)).toEqual({
      path,
      mesh: MESH,
      root: 'pelvis',
      chains: [
        { ...chains[0], bones: ['spine', 'head'] },
        { ...chains[1], bones: ['thigh_l', 'calf_l'] },
      ],
    });
  });

  it('is changed in place, with one undo step', async () => {
    const before = (await opened.editor.inspect()).undo.length;
    expect(await write(path, { chains: chains.slice(0, 1) })).toEqual({ path, created: false });
    expect((await opened.editor.inspect()).undo.slice(before)).toEqual(['Gaitway: push IKR_Hero']);
    expect((await session.call('ik_rig', { path }, purpose)).chains).toHaveLength(1);
  });

  it.each([
    ['a bone that the mesh lacks', { root: 'hips' }, 'hips'],
    ['a chain that leads nowhere', { chains: [{ ...chains[0], start: 'calf_l', end: 'head' }] }, 'Spine'],
  ])('is refused with %s', async (_, more, words) => {
    const refused = '/Game/IK/IKR_Refused';
    await expect(write(refused, more)).rejects.toMatchObject({
      code: 'bridge/bone-missing',
      message: expect.stringContaining(words),
    });
    expect((await opened.editor.inspect()).assets).not.toContain(refused);
  });
});

describe('an IK Retargeter', () => {
  const path = '/Game/IK/RTG_Hero';
  const pairs = [
    { source: 'Spine', target: 'Spine' },
    { source: '', target: 'LeftLeg' },
  ];

  it('pairs the chains of two rigs, and is there after a restart', async () => {
    const [source, target] = ['/Game/IK/IKR_From', '/Game/IK/IKR_To'] as const;
    for (const rig of [source, target]) await write(rig);
    const given = { path, source, target, pairs };
    expect(await session.call('write_ik_retargeter', { ...given, ...made }, purpose)).toEqual({
      path,
      created: true,
    });
    const again = await openStandIn({ projectFolder: opened.projectFolder });
    try {
      const other = await again.session();
      expect(await other.call('ik_retargeter', { path }, purpose)).toEqual(given);
    } finally {
      await again.close();
    }
  });

  it('is refused where the target has no such chain', async () => {
    const odd = { path: '/Game/IK/RTG_Odd', source: '/Game/IK/IKR_From', target: '/Game/IK/IKR_To' };
    await expect(
      session.call(
        'write_ik_retargeter',
        { ...odd, pairs: [{ source: 'Spine', target: 'Tail' }], ...made },
        purpose,
      ),
    ).rejects.toMatchObject({ code: 'bridge/write-refused', message: expect.stringContaining('Tail') });
    expect((await opened.editor.inspect()).assets).not.toContain(odd.path);
  });
});

describe('an ONNX file', () => {
  const models = (): string => join(opened.projectFolder, 'Saved/Gaitway/models');
  const path = '/Game/Models/Encoder';
  const push = (file: string, more: object = {}) =>
    session.call('write_neural_model', { path, file, ...made, ...more }, purpose);

  it('becomes a model, and the same model when it comes again', async () => {
    mkdirSync(models(), { recursive: true });
    writeFileSync(join(models(), 'encoder.onnx'), Buffer.from([8, 8, 18, 0]));
    expect(await push('encoder.onnx')).toEqual({ path, created: true });
    expect(await push('encoder.onnx')).toEqual({ path, created: false });
  });

  it('is refused where it is none, or is not there', async () => {
    writeFileSync(join(models(), 'broken.onnx'), 'no model');
    await expect(push('broken.onnx', { path: '/Game/Models/Broken' })).rejects.toMatchObject({
      code: 'bridge/import-refused',
    });
    await expect(push('none.onnx')).rejects.toMatchObject({ code: 'bridge/no-model-file' });
    expect((await opened.editor.inspect()).assets).not.toContain('/Game/Models/Broken');
  });
});
