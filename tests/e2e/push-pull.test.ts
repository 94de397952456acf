import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInEditor } from '../../src/bridge/index.js';
import { type Clip, worldPoseOfFrame } from '../../src/clip/index.js';
import { writeBvh, writeGlb } from '../../src/formats/index.js';
import { angleBetween, quatAt } from '../../src/math/quat.js';
import { distance, vec3At } from '../../src/math/vec3.js';
import { openClip } from '../../src/pipeline/index.js';
import { targetProfile } from '../../src/retarget/index.js';
import { madeClip } from '../bridge/made-clip.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { type OpenedProject, openProject } from './opened-project.js';

const MOST_CM = 1e-3;
const MOST_DEG = 0.01;

let project: OpenedProject;
let folder: string;
let editor: StandInEditor;
const mannequin = targetProfile('ue5-mannequin');

beforeAll(async () => {
  project = await openProject('e2e');
  ({ folder, editor } = project);
  await writeFile(join(folder, 'clips/swing.bvh'), writeBvh(clipOf('swing', 30)).bytes);
  await writeFile(join(folder, 'clips/sway here.glb'), (await writeGlb([clipOf('sway', 60)])).bytes);
});

afterAll(() => project?.close());

function clipOf(name: string, hz: number): Clip {
  return madeClip({ name, hz, frames: 25, skeleton: mannequin });
}

const gaitway = (...words: string[]) => runGaitway(words, { cwd: folder });

const port = (): string => String(editor.port);

function expectSameWorld(found: Clip, wanted: Clip): void {
  expect(found.frameCount).toBe(wanted.frameCount);
  const places = wanted.skeleton.joints.map(({ name }) =>
    found.skeleton.joints.findIndex((joint) => joint.name === name),
  );
  let cm = 0;
  let deg = 0;
  for (let f = 0; f < wanted.frameCount; f++) {
    const a = worldPoseOfFrame(found, f);
    const b = worldPoseOfFrame(wanted, f);
    places.forEach((place, j) => {
      cm = Math.max(cm, 100 * distance(vec3At(a.positions, place), vec3At(b.positions, j)));
      const angle = angleBetween(quatAt(a.rotations, place), quatAt(b.rotations, j));
      deg = Math.max(deg, (angle * 180) / Math.PI);
    });
  }
  expect(cm).toBeLessThan(MOST_CM);
  expect(deg).toBeLessThan(MOST_DEG);
}

describe('push and pull on the command line', () => {
  it('writes clips of several formats as assets and tells of a changed name', async () => {
    const { code, printed, noted } = await gaitway(
      'push',
      join(folder, 'clips'),
      '--to',
      '/Game/Motion',
      '--port',
      port(),
      '--json',
    );
    expect(noted).toContain('the asset is called "sway_here"');
    expect(code).toBe(0);
    const report = JSON.parse(printed) as { ok: boolean; clips: { target: string; state: string }[] };
    expect(report.clips.map(({ target, state }) => [target, state])).toEqual([
      ['/Game/Motion/sway_here', 'ok'],
      ['/Game/Motion/swing', 'ok'],
    ]);
    const saved = await readdir(join(folder, 'Saved/GaitwayStandIn/Game/Motion'));
    expect(saved.sort()).toEqual(['sway_here.bin', 'sway_here.json', 'swing.bin', 'swing.json']);
    expect(await readdir(join(folder, 'Saved/Gaitway/transfer'))).toEqual([]);
  });

  it('shows what there is, with lengths, and finds by words', async () => {
    const { printed } = await gaitway('pull', '--list', '--port', port());
    const lines = printed.trim().split('\n');
    expect(lines.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['/Game/Motion/sway_here', '0.40 s'],
      ['/Game/Motion/swing', '0.80 s'],
    ]);
    const found = await gaitway(
      'pull',
      '--list',
      '/Game',
      '--search',
      'SWAY mannequin',
      '--json',
      '--port',
      port(),
    );
    expect(JSON.parse(found.printed)).toMatchObject({
      ok: true,
      animations: [{ path: '/Game/Motion/sway_here', seconds: 0.4, tags: { bEnableRootMotion: 'False' } }],
    });
    const none = await gaitway('pull', '--list', '/Game', '--search', 'nothing', '--port', port());
    expect(none.printed).toContain('There are no such animations');
    expect((await gaitway('pull', '/Game/Motion/swing', '--port', port())).code).toBe(2);
  });

  it('brings them back as they were', async () => {
    const { code, printed } = await gaitway(
      'pull',
      '/Game/Motion',
      '--out',
      join(folder, 'back'),
      '--port',
      port(),
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ ok: true, failed: [] });
    expectSameWorld(await openClip(join(folder, 'back/Motion/swing.glb')), clipOf('swing', 30));
    expectSameWorld(await openClip(join(folder, 'back/Motion/sway_here.glb')), clipOf('sway', 60));
  });

  it('fails for one clip and goes on with the others', async () => {
    await writeFile(join(folder, 'broken.bvh'), 'HIERARCHY');
    const other = madeClip({ name: 'other' });
    await writeFile(join(folder, 'other.bvh'), writeBvh(other).bytes);
    const files = ['broken.bvh', 'other.bvh', 'clips/swing.bvh'].map((name) => join(folder, name));
    const { code, printed } = await gaitway(
      'push',
      ...files,
      '--to',
      '/Game/Mixed',
      '--port',
      port(),
      '--json',
    );
    expect(code).toBe(1);
    const report = JSON.parse(printed) as {
      ok: boolean;
      clips: { state: string; error?: { code: string } }[];
    };
    expect(report.ok).toBe(false);
    expect(report.clips.map(({ state }) => state)).toEqual(['failed', 'failed', 'ok']);
    expect(report.clips[1]?.error?.code).toBe('bridge/bone-missing');
  });

  it.each([
    [['push', 'X', '--to', 'Game'], 2, '--to'],
    [['pull', '/Game/Nothing', '--out', 'back'], 1, 'no animation at /Game/Nothing'],
    [['pull', '/Game/Motion', '--out', 'back', '--format', 'doc'], 2, '--format'],
  ] as const)('%j ends with a sentence', async (words, wanted, sentence) => {
    const { code, noted } = await gaitway(...words, '--port', port());
    expect(code).toBe(wanted);
    expect(noted).toContain(sentence);
  });

  it('says that the editor is busy, and waits for it', async () => {
    editor.pause();
    const asked = gaitway('pull', '--list', '--port', port());
    await pause(4_500);
    editor.resume();
    const { code, noted, printed } = await asked;
    expect(noted.split('\n')).toEqual([
      'The editor has not answered for some seconds, but it is there: it saves, compiles shaders or shows a dialog. Waiting for it …',
      'The editor answers again.',
    ]);
    expect(code).toBe(0);
    expect(printed).toContain('/Game/');
  });

  it('says what to do where nothing listens', async () => {
    const { code, noted } = await gaitway('push', join(folder, 'clips'), '--port', '9');
    expect(code).toBe(1);
    expect(noted).toContain('bridge/unreachable');
    expect(noted).toContain('Remote Control');
  });

  it('says what to do outside a project', async () => {
    const { code, noted } = await gaitway('push', 'x.bvh', '--project', tmpdir(), '--port', port());
    expect(code).toBe(1);
    expect(noted).toContain('project/not-found');
  });
});
