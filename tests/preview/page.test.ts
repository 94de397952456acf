import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  forwardKinematics,
  jointIndex,
  makeLocalPose,
  makeWorldPose,
  samplePose,
  worldPoseOfFrame,
} from '../../src/clip/index.js';
import { type Preview, PreviewLibrary, startPreview } from '../../src/preview/index.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { launchBrowser } from './browser.js';
import { ensurePageBuilt } from './page-build.js';
import { walkingClip } from './walking-clip.js';

const shot = (name: string): string =>
  fileURLToPath(new URL(`../../out/preview-${name}.png`, import.meta.url));

const SOURCE = walkingClip({ name: 'walk source', frameCount: 120, rate: 30 });
const TARGET = walkingClip({ name: 'walk target', frameCount: 120, rate: 30, size: 1.15 });
const OTHER = walkingClip({ name: 'run', frameCount: 61, rate: 60, radius: 4 });

const DROPPED = madeBvh({ frames: 3 });

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the preview page in a browser (skipped where none can start)', () => {
  const library = new PreviewLibrary();
  let other = OTHER;
  let preview: Preview;
  let page: Page;
  const faults: string[] = [];

  const ask = <T>(expression: string): Promise<T> => page.evaluate(`window.gaitway.${expression}`);
  // The page's own rules forbid the evaluation that waiting inside it would need.
  const until = (expression: string): Promise<unknown> => expect.poll(() => ask(expression)).toBe(true);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const isPressed = (button: string): Promise<string | null> =>
    page.getByRole('button', { name: button, exact: true }).getAttribute('aria-pressed');

  beforeAll(async () => {
    await ensurePageBuilt();
    mkdirSync(fileURLToPath(new URL('../../out', import.meta.url)), { recursive: true });
    const source = library.add({ name: 'walk source', file: 'in/walk.bvh', load: () => SOURCE });
    library.add({
      name: 'walk target',
      file: 'out/walk.glb',
      load: () => TARGET,
      source,
      scores: [
        { name: 'direction', value: 3.21, unit: '°' },
        { name: 'slide', value: 2.5, unit: 'cm/s', isOver: true },
      ],
    });
    library.add({ name: 'run', file: 'in/run.bvh', load: () => other });
    library.add({
      name: 'cut off',
      file: 'in/cut.bvh',
      load: () => Promise.reject(new Error('cut.bvh ends early.')),
    });
    library.addProblem({ file: 'notes.txt', code: 'formats/unknown', message: 'notes.txt is no clip.' });
    preview = await startPreview({ library });
    page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 720 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text());
    });
    const start = performance.now();
    await page.goto(`${preview.url}?aa=0`);
    await page.waitForSelector('html[data-ready="true"]');
    console.log(`page ready after ${Math.round(performance.now() - start)} ms`);
  });

  afterAll(async () => {
    await browser?.close();
    await preview?.close();
  });

  beforeEach(async () => {
    await page.locator('#view').focus();
    await ask('setFrame(0)');
  });

  it('begins with the retargeted clip beside its source', async () => {
    expect(await ask('figureCount')).toBe(2);
    expect(await page.locator('.pane-title:visible').allTextContents()).toEqual(['Source', 'Target']);
    expect(await page.locator('#clip-list').getByRole('option', { selected: true }).textContent()).toContain(
      'walk target',
    );
    await page.screenshot({ path: shot('pair') });
  });

  it.each([0, 37, 119])('draws every joint where the core puts it, frame %i', async (frame) => {
    await ask(`setFrame(${frame})`);
    for (const [figure, clip] of [SOURCE, TARGET].entries()) {
      const { positions } = worldPoseOfFrame(clip, frame);
      for (const [j, { name }] of clip.skeleton.joints.entries()) {
        const drawn = await ask<number[]>(`jointPosition(${figure}, ${JSON.stringify(name)})`);
        for (let k = 0; k < 3; k++) expect(drawn[k]).toBeCloseTo(positions[3 * j + k], 4);
      }
    }
  });

  it('moves with the keys: one frame, ten, to the ends', async () => {
    await press('ArrowRight', 'ArrowRight', 'ArrowLeft');
    expect(await ask('frame')).toBe(1);
    await press('Shift+ArrowRight');
    expect(await ask('frame')).toBe(11);
    await press('End');
    expect(await ask('frame')).toBe(119);
    await press('Home');
    expect(await ask('frame')).toBe(0);
    // The read-out follows with the next picture.
    await expect.poll(() => page.locator('#read-frame').textContent()).toBe('000 / 119');
  });

  it('plays and pauses with Space, both clips in step, and stands still while paused', async () => {
    await press('Space');
    await until('time > 0.2');
    await press('Space');
    expect(await ask('playing')).toBe(false);
    const time = await ask<number>('time');
    for (const [figure, clip] of [SOURCE, TARGET].entries()) {
      const count = clip.skeleton.joints.length;
      const local = samplePose(clip, time, makeLocalPose(count));
      const pose = makeWorldPose(count);
      await page.waitForTimeout(100);
      const foot = jointIndex(clip.skeleton, 'LeftFoot');
      const wanted = forwardKinematics(clip.skeleton, local.rotations, local.translations, pose).positions;
      const drawn = await ask<number[]>(`jointPosition(${figure}, 'LeftFoot')`);
      for (let k = 0; k < 3; k++) expect(drawn[k]).toBeCloseTo(wanted[3 * foot + k], 4);
    }
    const drawn = await ask<number>('drawCount');
    await page.waitForTimeout(300);
    expect(await ask('drawCount')).toBe(drawn);
  });

  it('has a button for what a key does, and each shows the same state', async () => {
    for (const [key, button] of [
      ['n', 'Joint names'],
      ['o', 'Target over source'],
      ['g', 'Ground grid, 1 m'],
      ['p', 'Path of the root'],
      ['x', 'Axes of the joints'],
      ['c', 'Camera follows'],
      ['l', 'Loop'],
    ]) {
      const before = await isPressed(button);
      await press(key);
      await expect.poll(() => isPressed(button)).not.toBe(before);
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect.poll(() => isPressed(button)).toBe(before);
      await page.locator('#view').focus();
    }
  });

  it('overlays the target on its source with O', async () => {
    await press('o', 'n');
    await expect
      .poll(() => page.locator('.pane-title:visible').allTextContents())
      .toEqual(['Target over source']);
    await page.screenshot({ path: shot('overlay') });
    await press('o', 'n');
  });

  it('lists the keys on ? and takes no other while they are open', async () => {
    await press('?');
    expect(await page.getByRole('dialog', { name: 'Keys' }).isVisible()).toBe(true);
    await press('ArrowRight');
    expect(await ask('frame')).toBe(0);
    await page.screenshot({ path: shot('help') });
    await press('Escape');
    expect(await page.getByRole('dialog', { name: 'Keys' }).isVisible()).toBe(false);
  });

  it('leaves Space to a button that has the focus', async () => {
    await page.getByRole('button', { name: 'Faster' }).focus();
    await press('Space');
    expect(await ask('playing')).toBe(false);
    await expect.poll(() => page.locator('#read-rate').textContent()).toBe('30 fps × 2');
    await press('[');
    await expect.poll(() => page.locator('#read-rate').textContent()).toBe('30 fps × 1');
  });

  it('can be walked through with Tab, and shows where the focus is', async () => {
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    const seen: string[] = [];
    for (let k = 0; k < 40; k++) {
      await press('Tab');
      const [name, outline] = await page.evaluate<[string, string]>(
        `[document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent,
          getComputedStyle(document.activeElement).outlineStyle]`,
      );
      if (name === seen[0]) break;
      if (name.length < 40) expect(outline, name).toBe('solid');
      seen.push(name);
    }
    for (const name of ['Joint names', 'Clips', 'Add files…', 'Play or pause', 'Frame'])
      expect(seen).toContain(name);
  });

  it('shows facts: rate, family, scores over their bar, files that cannot be read', async () => {
    const facts = page.locator('#facts');
    expect(await facts.textContent()).toContain('30 fps');
    expect(await facts.locator('.marked').allTextContents()).toContain('slide2.50 cm/s');
    expect(await facts.locator('.marked').allTextContents()).not.toContain('direction3.21 °');
    expect(await page.locator('#problems').textContent()).toContain('notes.txt is no clip.');
  });

  it('turns, comes nearer and frames again', async () => {
    const picture = async (): Promise<string> =>
      (await page.locator('#stage').screenshot()).toString('base64');
    const first = await picture();
    await press('d', 'd', '+', 'Shift+W');
    await page.waitForTimeout(150);
    expect(await picture()).not.toBe(first);
    await press('4', 'f');
    await page.waitForTimeout(150);
    expect(await picture()).toBe(first);
  });

  it('goes to the next clip with ↓, at its own rate, and names one that cannot be loaded', async () => {
    await press('ArrowDown');
    await until('figureCount === 1');
    await press('End');
    expect(await ask('frame')).toBe(60);
    await page.screenshot({ path: shot('single') });
    await press('ArrowDown');
    await expect.poll(() => page.locator('#message').textContent()).toBe('cut.bvh ends early.');
    await press('ArrowUp');
    await expect.poll(() => page.locator('#message').isVisible()).toBe(false);
  });

  it('shows a file anew when it changes, at the same time', async () => {
    await ask('setFrame(12)');
    other = walkingClip({ name: 'run', frameCount: 61, rate: 60, radius: 4, size: 2 });
    library.markChanged([2]);
    const { positions } = worldPoseOfFrame(other, 12);
    await expect
      .poll(async () => (await ask<number[]>("jointPosition(0, 'Hips')"))[1])
      .toBeCloseTo(positions[1], 4);
    expect(await ask('frame')).toBe(12);
  });

  it('retargets a clip in the page, with the same numbers as the core', async () => {
    await press('t');
    expect(await page.evaluate('document.activeElement.id')).toBe('target');
    await page.locator('#target').selectOption('ue5-mannequin');
    await until('figureCount === 2');
    const skeleton = targetProfile('ue5-mannequin');
    const frames = [0, 0.25, 0.5, 0.75, 1].map((share) => worldPoseOfFrame(other, Math.round(share * 60)));
    const { clip } = retargetClip(
      other,
      characterise(other.skeleton, { pose: frames }),
      skeleton,
      characterise(skeleton),
    );
    await ask('setFrame(33)');
    const { positions } = worldPoseOfFrame(clip, 33);
    for (const joint of ['pelvis', 'head', 'hand_l', 'foot_r', 'ik_foot_l']) {
      const drawn = await ask<number[]>(`jointPosition(1, '${joint}')`);
      const at = 3 * jointIndex(skeleton, joint);
      for (let k = 0; k < 3; k++) expect(drawn[k]).toBeCloseTo(positions[at + k], 4);
    }
    expect(await page.locator('#facts').textContent()).toMatch(/Scoresarms\d+\.\d+ °legs.*hips.*cm/);
    await page.screenshot({ path: shot('retargeted') });
    await page.locator('#target').selectOption('');
    await until('figureCount === 1');
  });

  it('shows clips that join while it is open', async () => {
    library.add({ name: 'latecomer', file: 'in/late.bvh', load: () => SOURCE });
    await expect.poll(() => page.locator('#clip-list').getByRole('option').count()).toBe(5);
  });

  it('reads files that are given to it, and says which it cannot', async () => {
    await page.locator('#file-input').setInputFiles([
      { name: 'dropped.bvh', mimeType: 'text/plain', buffer: Buffer.from(DROPPED) },
      { name: 'broken.bvh', mimeType: 'text/plain', buffer: Buffer.from('HIERARCHY\nROOT') },
    ]);
    await expect
      .poll(() => page.locator('#clip-list').getByRole('option', { selected: true }).textContent())
      .toContain('dropped');
    await press('End');
    expect(await ask('frame')).toBe(2);
    expect(await page.locator('#problems').textContent()).toContain('broken.bvh');
  });

  it('made no errors on the way', () => {
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
