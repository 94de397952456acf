import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorSession, pullClip, pullSkeleton, pushClip } from '../../../src/bridge/index.js';
import { type Clip, makeRate } from '../../../src/clip/index.js';
import { angleBetween, quatAt } from '../../../src/math/quat.js';
import { distance, vec3At } from '../../../src/math/vec3.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const defaultRate = makeRate(30);
const MOST_CM = 1e-3;
const MOST_DEG = 0.01;

let opened: OpenedStandIn;
let session: EditorSession;

beforeAll(async () => {
  opened = await openStandIn();
  session = await opened.session();
});
afterAll(() => opened.close());

const target = { path: SKELETON, skeleton: madeSkeleton() };
const push = (clip: Clip, asset: string, more: object = {}) =>
  pushClip(session, { clip, asset, skeleton: target, defaultRate, ...more });

const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: { code: string; message: string }) => error,
  );

function expectSameMotion(back: Clip, wanted: Clip): void {
  expect(back.frameCount).toBe(wanted.frameCount);
  expect(back.skeleton.joints.map((joint) => joint.name)).toEqual(
    wanted.skeleton.joints.map((joint) => joint.name),
  );
  let cm = 0;
  let deg = 0;
  for (let i = 0; i < wanted.frameCount * wanted.skeleton.joints.length; i++) {
    cm = Math.max(cm, 100 * distance(vec3At(back.translations, i), vec3At(wanted.translations, i)));
    const angle = angleBetween(quatAt(back.rotations, i), quatAt(wanted.rotations, i));
    deg = Math.max(deg, (angle * 180) / Math.PI);
  }
  expect(cm).toBeLessThan(MOST_CM);
  expect(deg).toBeLessThan(MOST_DEG);
}

describe('what is refused, with nothing written', () => {
  it.each([
    ['a dot in the path', '/Game/A/x.y', 'bridge/bad-asset-path', '/Game/Motion/Walk'],
    ['a space in the path', '/Game/A/my walk', 'bridge/bad-asset-path', 'no spaces'],
    ['a way out of the content', '/Game/../x', 'bridge/bad-asset-path', 'content path'],
    ['an unknown root', '/Nope/A/walk', 'bridge/bad-asset-path', '/Nope'],
    ['a path that a skeleton has', SKELETON, 'bridge/asset-taken', 'Skeleton'],
  ])('%s', async (_, asset, code, words) => {
    const { assets } = await opened.editor.inspect();
    const error = await failure(push(madeClip(), asset));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect((await opened.editor.inspect()).assets).toEqual(assets);
  });

  it('a skeleton that is not there, with those that are', async () => {
    const error = await failure(pullSkeleton(session, '/Game/Nope/SK'));
    expect(error.code).toBe('bridge/skeleton-missing');
    expect(error.message).toContain(SKELETON);
  });

  it('a bone that the skeleton lacks, by name', async () => {
    const skeleton = madeSkeleton(['root', 'pelvis', 'spine', 'head', 'Bein.L', 'calf_l']);
    const error = await failure(push(madeClip({ skeleton }), '/Game/A/X2'));
    expect(error.code).toBe('bridge/bone-missing');
    expect(error.message).toContain('Bein.L');
    expect((await opened.editor.inspect()).assets).not.toContain('/Game/A/X2');
  });

  it('an asset that is not there to pull', async () => {
    expect((await failure(pullClip(session, '/Game/A/Nothing'))).code).toBe('bridge/animation-missing');
    expect((await failure(pullClip(session, SKELETON))).message).toContain('but a Skeleton');
  });
});

describe('push, then pull', () => {
  it.each([
    ['30', 30],
    ['60', 60],
    ['15', 15],
    ['120', 120],
  ])('gives the clip back at %s frames a second', async (_, hz) => {
    const clip = madeClip({ hz });
    const report = await push(clip, `/Game/Rates/At${hz}`, { rootMotion: hz === 60 });
    expect(report).toMatchObject({ keys: 40, rate: makeRate(hz), warnings: [] });
    expect(report.readBack?.maxCm).toBeLessThan(MOST_CM);
    expect(report.readBack?.maxDeg).toBeLessThan(MOST_DEG);
    const back = await pullClip(session, `/Game/Rates/At${hz}`);
    expectSameMotion(back.clip, clip);
    expect(back).toMatchObject({ skeleton: SKELETON, rootMotion: hz === 60 });
    expect(back.clip.rate).toEqual(makeRate(hz));
    expect(back.clip.curves[0]?.name).toBe('speed');
    back.clip.curves[0]?.values.forEach((value, f) => {
      expect(value).toBeCloseTo(clip.curves[0]?.values[f] as number, 5);
    });
  });

  it('resamples a rate that the engine does not take, and says so', async () => {
    const report = await push(madeClip({ hz: 24 }), '/Game/Rates/At24');
    expect(report.rate).toEqual(makeRate(30));
    expect(report.warnings.map(({ code }) => code)).toEqual(['bridge/resampled']);
  });

  it('holds a single pose for one frame', async () => {
    const report = await push(madeClip({ frames: 1 }), '/Game/A/Pose');
    expect(report.keys).toBe(2);
    expect(report.warnings.map(({ code }) => code)).toEqual(['bridge/one-pose']);
  });

  it('changes an animation in place, with one undo step for each push', async () => {
    await push(madeClip({ frames: 20 }), '/Game/A/Twice');
    const before = (await opened.editor.inspect()).undo.length;
    const longer = madeClip({ frames: 50 });
    await push(longer, '/Game/A/Twice');
    const { undo } = await opened.editor.inspect();
    expect(undo.slice(before)).toEqual(['Gaitway: push Twice']);
    expectSameMotion((await pullClip(session, '/Game/A/Twice')).clip, longer);
  });

  it('keeps joint scales', async () => {
    const clip = madeClip({ frames: 5 });
    const scales = new Float64Array(5 * 6 * 3).fill(1);
    scales.set([1.5, 2, 0.5], 3 * 8);
    await push({ ...clip, scales }, '/Game/A/Scaled');
    const back = (await pullClip(session, '/Game/A/Scaled')).clip;
    expect([...(back.scales?.subarray(24, 27) ?? [])]).toEqual([1.5, 2, 0.5]);
  });

  it('carries much data in pieces', async () => {
    const clip = madeClip({ frames: 4_000 });
    await push(clip, '/Game/A/Long');
    expectSameMotion((await pullClip(session, '/Game/A/Long')).clip, clip);
  });

  it('carries data as files where both see the project folder, and leaves none behind', async () => {
    const near = await opened.session({ projectFolder: opened.projectFolder });
    const clip = madeClip({ frames: 33 });
    await pushClip(near, { clip, asset: '/Game/A/ByFile', skeleton: target, defaultRate });
    expectSameMotion((await pullClip(near, '/Game/A/ByFile')).clip, clip);
  });

  it('goes over to pieces where the editor does not see the folder, and stays with them', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'gaitway-elsewhere-'));
    const far = await opened.session({ projectFolder: elsewhere });
    const clip = madeClip({ frames: 33 });
    await pushClip(far, { clip, asset: '/Game/A/FromAfar', skeleton: target, defaultRate });
    expect(far.sharedProject).toBeUndefined();
    expectSameMotion((await pullClip(far, '/Game/A/FromAfar')).clip, clip);

    const other = await opened.session({ projectFolder: elsewhere });
    expectSameMotion((await pullClip(other, '/Game/A/FromAfar')).clip, clip);
    expect(other.sharedProject).toBeUndefined();
    expect(await readdir(join(elsewhere, 'Saved/Gaitway/transfer'))).toEqual([]);
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('takes the path of a mesh for its skeleton', async () => {
    expect((await pullSkeleton(session, '/Game/Characters/SKM_Test')).path).toBe(SKELETON);
  });

  it('gives the skeleton back in its reference pose', async () => {
    const { skeleton: back } = await pullSkeleton(session, SKELETON);
    madeSkeleton().joints.forEach((joint, j) => {
      const other = back.joints[j];
      expect(other).toMatchObject({ name: joint.name, parent: joint.parent });
      expect(100 * distance(other?.restTranslation ?? [0, 0, 0], joint.restTranslation)).toBeLessThan(
        MOST_CM,
      );
    });
  });
});
