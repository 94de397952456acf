import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeClip, worldPoseOfFrame } from '../../src/clip/index.js';
import { distance, type Vec3, vec3At } from '../../src/math/vec3.js';
import { pushStage } from '../../src/pipeline/index.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { launchBrowser } from '../preview/browser.js';
import { ensurePageBuilt } from '../preview/page-build.js';
import { walkingClip } from '../preview/walking-clip.js';
import { type OpenedProject, openProject } from './opened-project.js';

const shot = (name: string): string => fileURLToPath(new URL(`../../out/link-${name}.png`, import.meta.url));
const TOOLS = 'LevelEditor.MainMenu.Tools';

/** A walk on the UE5 mannequin. */
function mannequinWalk(name: string) {
  const clip = walkingClip({ name, frameCount: 60, rate: 30 });
  const target = targetProfile('ue5-mannequin');
  const { clip: carried } = retargetClip(clip, characterise(clip.skeleton), target, characterise(target));
  return { ...carried, name };
}

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('gaitway link in a browser (skipped where none can start)', () => {
  let opened: OpenedProject;
  let page: Page;
  let stop = (): void => {};
  let ended: Promise<{ code: number; noted: string }>;
  const faults: string[] = [];
  const notes: string[] = [];

  const ask = <T>(expression: string): Promise<T> => page.evaluate(`window.gaitway.${expression}`);
  const state = (): Promise<string | null> => page.locator('#editor-state').textContent();
  const notice = (): Promise<string | null> => page.locator('#editor-notice').textContent();
  const press = (button: string): Promise<void> =>
    page.locator('#editor').getByRole('button', { name: button }).click();
  const figure = async () =>
    (await opened.editor.inspect()).actors.find(({ label }) => label === 'Gaitway Preview');

  beforeAll(async () => {
    await ensurePageBuilt();
    mkdirSync(fileURLToPath(new URL('../../out', import.meta.url)), { recursive: true });
    opened = await openProject('link', 30);
    const clips = join(opened.folder, 'clips');
    await writeFile(join(clips, 'stroll.gwclip'), encodeClip(mannequinWalk('stroll')));
    const walk = join(clips, 'walk.gwclip');
    await writeFile(walk, encodeClip(mannequinWalk('walk')));
    await pushStage({
      folder: opened.folder,
      port: opened.editor.port,
      clips: [walk],
      databases: [],
      schemas: [],
      components: 4,
      to: '/Game/Motion',
      force: false,
    });
    const url = await new Promise<string>((resolve) => {
      ended = runGaitway(
        ['link', join(clips, 'stroll.gwclip'), '--port', String(opened.editor.port), '--json'],
        {
          cwd: opened.folder,
          onPrint: (line, interrupt) => {
            stop = interrupt;
            resolve(JSON.parse(line).url);
          },
        },
      );
    });
    page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 760 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text());
    });
    await page.goto(`${url}?aa=0`);
    await page.waitForSelector('html[data-ready="true"]');
  });
  afterAll(async () => {
    await page?.close();
    stop();
    await ended;
    await browser?.close();
    await opened?.close();
  });

  it('says which editor it is connected with and what is selected there', async () => {
    await expect.poll(state).toContain('gaitway link');
    await opened.editor.user({ select: ['/Game/Motion/walk'] });
    await expect.poll(() => page.locator('#editor-selected').textContent()).toBe('Selected: walk');
    await page.screenshot({ path: shot('connected') });
  });

  it('streams the poses of the animation that is selected in the editor', async () => {
    await opened.editor.user({ select: ['/Game/Motion/walk'] });
    await press('Follow the animation');
    await expect.poll(() => page.locator('#subject').textContent(), { timeout: 15_000 }).toBe('walk');
    const place = () => ask<number[]>('jointPosition(0, "foot_l")');
    const first = await place();
    await expect.poll(place).not.toEqual(first);
    await expect.poll(state).toMatch(/\d+ poses\/s in/);
    await page.waitForTimeout(2_000);
    await page.screenshot({ path: shot('following') });
  });

  it('is where the actor is that plays the animation in the level', async () => {
    await opened.editor.user({
      select: ['/Game/Motion/walk'],
      play: { asset: '/Game/Motion/walk', seconds: 1 },
    });
    const clip = mannequinWalk('walk');
    const foot = clip.skeleton.joints.findIndex(({ name }) => name === 'foot_l');
    const place = (frame: number): Vec3 => vec3At(worldPoseOfFrame(clip, frame).positions, foot);
    // The other moments at which the foot is there are half a step away at least.
    expect(distance(place(30), place(0))).toBeGreaterThan(0.1);
    await expect
      .poll(
        async () => {
          const [x = 0, y = 0, z = 0] = await ask<number[]>('jointPosition(0, "foot_l")');
          return distance([x, y, z], place(30));
        },
        { timeout: 15_000 },
      )
      .toBeLessThan(0.001);
  });

  it('shows its own pose on a figure in the editor, at the same rate', async () => {
    await press('Follow the animation');
    await expect.poll(() => page.locator('#subject').textContent()).toContain('stroll');
    await press('Show this pose');
    await page.locator('#view').focus();
    await page.keyboard.press(' ');
    await expect
      .poll(async () => Object.keys((await figure())?.pose ?? {}).length, { timeout: 15_000 })
      .toBe(89);
    const foot = async () => (await figure())?.pose.foot_l;
    const first = await foot();
    await expect.poll(foot).not.toEqual(first);
    await page.keyboard.press(' ');
    // Standing still, the figure is where the page draws it: x, z, y in centimetres.
    await expect
      .poll(async () => {
        const [x = 0, y = 0, z = 0] = await ask<number[]>('jointPosition(0, "foot_l")');
        const [a = 0, b = 0, c = 0] = (await foot()) ?? [];
        return Math.max(Math.abs(100 * x - a), Math.abs(100 * z - b), Math.abs(100 * y - c));
      })
      .toBeLessThan(0.01);
    await page.screenshot({ path: shot('figure') });
  });

  it('puts the figure there again where somebody removed it, and takes it away when told to', async () => {
    await opened.editor.user({ remove: 'Gaitway Preview' });
    await expect.poll(figure, { timeout: 10_000 }).toBeTruthy();
    await press('Show this pose');
    await expect.poll(figure).toBeUndefined();
  });

  it('pushes what is on show, read back and saved', async () => {
    await page.locator('#push-folder').fill('/Game/FromPage');
    await press('Push');
    await expect.poll(notice, { timeout: 30_000 }).toContain('Pushed /Game/FromPage/stroll, 60 keys');
    expect((await opened.editor.inspect()).assets).toContain('/Game/FromPage/stroll');
    await page.screenshot({ path: shot('pushed') });
  });

  it('pushes into the folder that the editor’s menu was opened on', async () => {
    await opened.editor.user({ folder: '/Game/FromMenu', select: [] });
    await opened.editor.user({ click: ['ContentBrowser.FolderContextMenu', 'Push into this folder'] });
    await expect.poll(notice, { timeout: 30_000 }).toContain('Pushed /Game/FromMenu/stroll');
  });

  it('pulls and shows what the editor’s menu sends', async () => {
    await opened.editor.user({ select: ['/Game/Motion/walk'] });
    await opened.editor.user({ click: [TOOLS, 'Open in preview'] });
    await expect.poll(() => page.locator('#subject').textContent(), { timeout: 30_000 }).toBe('walk');
    expect(existsSync(join(opened.folder, 'Saved/Gaitway/Pulled/Motion/walk.glb'))).toBe(true);
    await opened.editor.user({ click: [TOOLS, 'Send selected animations'] });
    await expect.poll(notice, { timeout: 30_000 }).toContain('Pulled /Game/Motion/walk, 60 frames');
  });

  it('comes back after the connection broke', async () => {
    opened.editor.dropConnections();
    await opened.editor.user({ select: [] });
    await expect
      .poll(() => page.locator('#editor-selected').textContent(), { timeout: 10_000 })
      .toBe('Nothing is selected there.');
  });

  it('made no error in the browser', () => {
    expect(faults).toEqual([]);
    expect(notes).toEqual([]);
  });
});
