import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restWorldPose } from '../../src/clip/index.js';
import { startStandInEditor } from '../../src/pipeline/index.js';
import { LiveLink } from '../../src/pipeline/link/live-link.js';
import { NewestFirst } from '../../src/pipeline/link/newest-first.js';
import { requireProject } from '../../src/pipeline/project.js';
import { targetProfile } from '../../src/retarget/index.js';
import { walkingClip } from '../preview/walking-clip.js';

describe('the newest first', () => {
  it('sends at most so many at once, and of those that wait only the last', async () => {
    const sent: number[] = [];
    const ends: (() => void)[] = [];
    const poses = new NewestFirst<number>((item) => {
      sent.push(item);
      return new Promise((end) => ends.push(end));
    }, 2);
    for (const item of [1, 2, 3, 4, 5]) poses.offer(item);
    expect(sent).toEqual([1, 2]);
    ends.shift()?.();
    await pause(0);
    expect(sent).toEqual([1, 2, 5]);
    poses.offer(6);
    poses.clear();
    for (const end of ends) end();
    await pause(0);
    expect(sent).toEqual([1, 2, 5]);
  });
});

describe('a live link', () => {
  let folder = '';
  const stop = { now: (): void => {} };
  const ends: (() => Promise<void>)[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live link ö '));
    writeFileSync(join(folder, 'Game.uproject'), '{"FileVersion":3}');
  });
  afterEach(async () => {
    stop.now();
    for (const end of ends.splice(0).reverse()) await end();
    await rm(folder, { recursive: true, force: true });
  });

  async function openEditor(port = 0) {
    const lines: string[] = [];
    const editor = await startStandInEditor({
      port,
      projectFolder: folder,
      tickHz: 60,
      log: (_, line) => lines.push(line),
    });
    while (!lines.some((line) => line.includes('is ready'))) await pause(10);
    ends.push(() => editor.close());
    return editor;
  }

  function openLink(port: number) {
    const abort = new AbortController();
    stop.now = () => abort.abort();
    const link = new LiveLink({
      project: requireProject(folder),
      port,
      out: join(folder, 'Pulled'),
      force: false,
      replacesPulled: true,
      mesh: '/Game/Characters/Mannequins/Meshes/SKM_Manny',
      signal: abort.signal,
    });
    const notices: string[] = [];
    link.listen({ notice: (text) => notices.push(text) });
    const run = link.run();
    ends.push(() => run);
    return { link, notices };
  }

  const bones = targetProfile('ue5-mannequin').joints.map(({ name }) => name);
  const pose = restWorldPose(targetProfile('ue5-mannequin'));

  /** Offers poses until something is so. */
  const offer = (link: LiveLink, isDone: () => boolean): Promise<void> =>
    expect
      .poll(
        () => {
          link.takePose(pose);
          return isDone();
        },
        { timeout: 10_000 },
      )
      .toBe(true);

  it('waits for the editor, and finds it again after a restart, with its new secret', {
    timeout: 60_000,
  }, async () => {
    const first = await openEditor();
    const { port } = first;
    await first.close();
    const { link, notices } = openLink(port);
    await expect.poll(() => link.state.why).toContain('No Unreal editor answers');
    expect(link.state.isOpen).toBe(false);

    const second = await openEditor(port);
    await expect.poll(() => link.state.isOpen, { timeout: 10_000 }).toBe(true);
    await second.user({ select: ['/Game/Characters/Mannequins/Meshes/SKM_Quinn'] });
    await expect.poll(() => link.state.selection.assets).toHaveLength(1);

    await second.close();
    await expect.poll(() => link.state.isOpen, { timeout: 10_000 }).toBe(false);
    expect(notices.at(-1)).toContain('Lost the editor');
    await openEditor(port);
    await expect.poll(() => link.state.isOpen, { timeout: 10_000 }).toBe(true);
    expect(link.state.selection.assets).toEqual([]);
  });

  it('shows the mesh that is selected, else its own, and says what a mesh lacks', {
    timeout: 60_000,
  }, async () => {
    const editor = await openEditor();
    const { link, notices } = openLink(editor.port);
    await expect.poll(() => link.state.isOpen).toBe(true);
    await link.showFigure(bones);
    await offer(link, () => link.state.figure !== null);
    expect(link.state.figure).toMatchObject({
      mesh: '/Game/Characters/Mannequins/Meshes/SKM_Manny',
      missing: [],
    });

    await editor.user({ select: ['/Game/Characters/Mannequins/Meshes/SKM_Quinn'] });
    await expect.poll(() => link.state.selection.assets).toHaveLength(1);
    await link.showFigure(bones);
    await offer(link, () => link.state.figure?.mesh.endsWith('SKM_Quinn') ?? false);

    await link.showFigure(bones.map((name) => `my_${name}`));
    await offer(link, () => notices.some((notice) => notice.includes('has none of the joints of the clip')));
    await link.hideFigure();
    expect((await editor.inspect()).actors).toEqual([]);
  });

  it('takes the figure out of the level when it ends', { timeout: 60_000 }, async () => {
    const editor = await openEditor();
    const { link } = openLink(editor.port);
    await expect.poll(() => link.state.isOpen).toBe(true);
    await link.showFigure(bones);
    await offer(link, () => link.state.figure !== null);
    stop.now();
    await ends.pop()?.();
    expect((await editor.inspect()).actors).toEqual([]);
  });

  it('tells what cannot be pushed, and goes on', { timeout: 60_000 }, async () => {
    const editor = await openEditor();
    const { link, notices } = openLink(editor.port);
    await expect.poll(() => link.state.isOpen).toBe(true);
    await link.push(walkingClip({ name: 'walk', frameCount: 3, rate: 30 }), 'walk', '/Game/X/');
    expect(notices.at(-1)).toMatch(/joint|bone|skeleton/);
    expect((await editor.inspect()).assets).not.toContain('/Game/X/walk');
    await link.pullSelected();
    expect(notices.at(-1)).toContain('No animation is selected');
  });
});
