import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type EditorSession,
  previewPoseData,
  pullSkeleton,
  pushClip,
  readAnimationPose,
} from '../../../src/bridge/index.js';
import { forwardKinematics, makeRate, makeWorldPose } from '../../../src/clip/index.js';
import { distance, vec3At } from '../../../src/math/vec3.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const purpose = { purpose: 'testing' };
const MESH = '/Game/Characters/SKM_Test';
const bones = madeSkeleton().joints.map(({ name }) => name);

let opened: OpenedStandIn;
let session: EditorSession;
beforeAll(async () => {
  opened = await openStandIn();
  session = await opened.session();
  const skeleton = await pullSkeleton(session, SKELETON);
  await pushClip(session, {
    clip: madeClip(),
    asset: '/Game/Motion/Walk',
    skeleton,
    defaultRate: makeRate(30),
  });
});
beforeEach(() => opened.editor.user({ select: [], folder: '/Game' }));
afterAll(() => opened.close());

const watch = (after = 0, awake = false) => session.call('watch', { after, awake }, purpose);
const click = (menu: string, label: string) => opened.editor.user({ click: [menu, label] });
const TOOLS = 'LevelEditor.MainMenu.Tools';
const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: { code: string; message: string }) => error,
  );

describe('what is selected', () => {
  it('is told with paths, classes and the folder, without loading anything', async () => {
    expect((await watch()).selection).toEqual({ assets: [], folder: '/Game' });
    await opened.editor.user({ select: ['/Game/Motion/Walk', MESH], folder: '/All/Game/Motion' });
    expect((await watch()).selection).toEqual({
      assets: [
        { path: '/Game/Motion/Walk', class: 'AnimSequence' },
        { path: MESH, class: 'SkeletalMesh' },
      ],
      folder: '/Game/Motion',
    });
  });

  it('includes an actor that plays an animation, and where in it that is', async () => {
    expect((await watch()).playback).toBeNull();
    await opened.editor.user({ play: { asset: '/Game/Motion/Walk', seconds: 0.5 } });
    expect((await watch()).playback).toEqual({
      actor: 'SkeletalMeshActor',
      asset: '/Game/Motion/Walk',
      seconds: 0.5,
      playing: true,
    });
  });
});

describe('the menus', () => {
  it('are where people look for them', async () => {
    expect((await opened.editor.inspect()).menus).toEqual({
      'ContentBrowser.AssetContextMenu.AnimSequence': ['Send selected animations', 'Open in preview'],
      'ContentBrowser.FolderContextMenu': ['Push into this folder'],
      [TOOLS]: ['Send selected animations', 'Open in preview', 'Push into this folder', 'Status'],
    });
  });

  it('say how to start a listener where there is none', async () => {
    const alone = await openStandIn();
    try {
      const near = await alone.session();
      await near.hello();
      await alone.editor.user({ click: [TOOLS, 'Open in preview'] });
      await alone.editor.user({ click: [TOOLS, 'Status'] });
      const { dialogs } = await alone.editor.inspect();
      expect(dialogs[0]).toContain('gaitway link');
      expect(dialogs[1]).toContain('Nothing runs');
      expect((await near.call('watch', { after: 0, awake: false }, purpose)).events).toEqual([]);
    } finally {
      await alone.close();
    }
  });

  it('give each click once, with what was selected then', async () => {
    const { latest } = await watch();
    await opened.editor.user({ select: ['/Game/Motion/Walk'] });
    await click(TOOLS, 'Send selected animations');
    await opened.editor.user({ select: [], folder: '/Game/Other' });
    await click('ContentBrowser.FolderContextMenu', 'Push into this folder');
    const { events } = await watch(latest);
    expect(events).toEqual([
      {
        number: latest + 1,
        kind: 'send-selected',
        selection: { assets: [{ path: '/Game/Motion/Walk', class: 'AnimSequence' }], folder: '/Game' },
      },
      { number: latest + 2, kind: 'push-here', selection: { assets: [], folder: '/Game/Other' } },
    ]);
    expect((await watch(latest + 2)).events).toEqual([]);
  });

  it('count anew after a restart, which a number that is too high shows', async () => {
    const { latest, events } = await watch(1_000);
    expect(latest).toBeLessThan(1_000);
    expect(events).toHaveLength(latest);
  });
});

describe('one pose of an animation', () => {
  it('is that of the clip, also beyond its ends', async () => {
    const clip = madeClip();
    for (const [seconds, frame] of [
      [0.5, 15],
      [-1, 0],
      [99, 39],
    ] as const) {
      const pose = readAnimationPose(
        await session.call('animation_pose', { asset: '/Game/Motion/Walk', seconds }, purpose),
      );
      bones.forEach((_, j) => {
        const away = distance(
          vec3At(pose.translations, j),
          vec3At(clip.translations, frame * bones.length + j),
        );
        expect(away).toBeLessThan(1e-5);
      });
    }
  });
});

describe('the preview figure', () => {
  const clip = madeClip();
  const poseAt = (frame: number) => {
    const { joints } = clip.skeleton;
    const world = forwardKinematics(
      clip.skeleton,
      clip.rotations.subarray(4 * frame * joints.length, 4 * (frame + 1) * joints.length),
      clip.translations.subarray(3 * frame * joints.length, 3 * (frame + 1) * joints.length),
      makeWorldPose(joints.length),
    );
    return { world, data: previewPoseData(world) };
  };
  const shown = async () =>
    (await opened.editor.inspect()).actors.filter(({ label }) => label.includes('Preview'));

  it('takes poses in its own space, the newest of a tick, and no older one', async () => {
    const given = await session.call('preview_open', { mesh: MESH, bones: ['tail', ...bones] }, purpose);
    expect(given).toEqual({ actor: 'Gaitway Preview', skeleton: SKELETON, missing: ['tail'] });
    await session.call('preview_open', { mesh: MESH, bones }, purpose);
    expect(await shown()).toHaveLength(1);
    const [old, newest] = [poseAt(3), poseAt(20)];
    const answers = await Promise.all([
      session.call('preview_pose', { number: 8, data: newest.data }, purpose),
      session.call('preview_pose', { number: 7, data: old.data }, purpose),
    ]);
    expect(answers.map((answer) => answer.newest)).toEqual([8, 8]);
    await expect.poll(async () => Object.keys((await shown())[0]?.pose ?? {})).toEqual(bones);
    const [x = 0, y = 0, z = 0] = (await shown())[0]?.pose.head ?? [];
    const head = 3 * bones.indexOf('head');
    const wanted = [...newest.world.positions.subarray(head, head + 3)];
    [x, z, y].forEach((value, axis) => {
      expect(value / 100).toBeCloseTo(wanted[axis] as number, 5);
    });
  });

  it('keeps the editor awake while poses come, and no longer', async () => {
    await session.call('preview_open', { mesh: MESH, bones }, purpose);
    await session.call('preview_pose', { number: 1, data: poseAt(0).data }, purpose);
    expect((await opened.editor.inspect()).throttled).toBe(false);
    await expect.poll(async () => (await opened.editor.inspect()).throttled, { timeout: 10_000 }).toBe(true);
  });

  it('refuses poses of another length, and poses after it was removed in the level', async () => {
    await session.call('preview_open', { mesh: MESH, bones }, purpose);
    const short = { number: 1, data: Buffer.alloc(4).toString('base64') };
    expect((await failure(session.call('preview_pose', short, purpose))).code).toBe('bridge/bad-block');
    await opened.editor.user({ remove: 'Gaitway Preview' });
    const late = { number: 2, data: poseAt(0).data };
    expect((await failure(session.call('preview_pose', late, purpose))).code).toBe('bridge/no-preview-actor');
    expect(await session.call('preview_close', {}, purpose)).toEqual({ known: false });
    await session.call('preview_open', { mesh: MESH, bones }, purpose);
    expect(await session.call('preview_close', {}, purpose)).toEqual({ known: true });
    expect(await shown()).toEqual([]);
  });
});

describe('an editor that crashed while it was kept awake', () => {
  it('gives the setting back when it starts again', async () => {
    const note = join(opened.projectFolder, 'Saved/Gaitway/throttle-is-off');
    writeFileSync(note, '');
    const again = await openStandIn({ projectFolder: opened.projectFolder });
    try {
      await (await again.session()).hello();
      expect(existsSync(note)).toBe(false);
      expect((await again.editor.inspect()).throttled).toBe(true);
    } finally {
      await again.close();
    }
  });
});
