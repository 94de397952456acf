import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBvh } from '../../src/formats/index.js';
import { openClip } from '../../src/pipeline/index.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { walkingClip } from '../preview/walking-clip.js';

let folder = '';
let clips: string[] = [];
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-explain-'));
  clips = [1, 1.5, 2, 2.5].map((radius, n) => {
    writeFileSync(at(`walk-${n}.bvh`), writeBvh(walkingClip({ name: `walk-${n}`, radius })).bytes);
    return at(`walk-${n}.bvh`);
  });
  const trained = await runGaitway([
    ...['train', ...clips, '--encoder', 'linear', '--dim', '4', '--out', at('linear'), '--json'],
  ]);
  expect(trained.code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

const explain = (...words: string[]) =>
  runGaitway(['explain', ...clips, '--encoder', at('linear'), ...words]);

describe('explain', () => {
  it('tells of every clip: a map, weights and neighbours, as JSON and in words', async () => {
    const { code, printed } = await explain('--json');
    expect(code).toBe(0);
    const report = JSON.parse(printed);
    expect(report).toMatchObject({ ok: true, encoder: { kind: 'linear', dim: 4 }, clips: 4, failed: [] });
    expect(report.moments).toBe(4 * (120 - 12 - 30));
    expect(report.map.points.length).toBe(report.moments);
    expect(report.saliency.every(({ weight }: { weight: number }) => weight >= 0)).toBe(true);
    expect(report.neighbours.length).toBeGreaterThan(3);
    expect(report.towards).toBeUndefined();
    const words = await explain('--moment', 'walk-1@1.5');
    expect(words.printed).toContain('Moments it takes for like walk-1 at 1.50 s');
  });

  it('writes an imagined motion that opens, and a page that shows it', async () => {
    const out = at('imagined.gwclip');
    const { code, printed } = await explain('--towards', 'latent:1', '--out', out, '--html', at('page.html'));
    expect(code).toBe(0);
    expect(printed).toMatch(/Imagined from walk-\d at .* s: .* standard deviations became/);
    const clip = await openClip(out);
    expect(clip.name).toBe('imagined_latent_1');
    expect(clip.skeleton.joints.map(({ name }) => name)).toEqual(
      (await openClip(clips[0])).skeleton.joints.map(({ name }) => name),
    );
    const page = readFileSync(at('page.html'), 'utf8');
    for (const heading of ['Map of latents', 'What it looks at', 'Imagined towards latent:1'])
      expect(page).toContain(`>${heading}</h2>`);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    const again = await explain('--towards', 'latent:1', '--out', out);
    expect(again.noted).toContain('[file/exists]');
  });

  it.each([
    ['a moment of no clip', ['--moment', 'run@1'], 'explain/no-moment', '"walk-0"'],
    ['a moment too near an end', ['--moment', 'walk-0@0.1'], 'explain/no-moment', 'from 0.40 to 2.97 s'],
    ['a direction that is none', ['--towards', 'tag:jump'], 'explain/no-direction', 'tag: with idle'],
    ['an output without a direction', ['--out', 'a.glb'], 'cli/usage', '--towards'],
    ['a moment without a time', ['--moment', 'walk'], 'cli/usage', 'walk@1.5'],
  ])('refuses %s', async (_, words, code, says) => {
    const { noted } = await explain(...words);
    expect(noted).toContain(`[${code}]`);
    expect(noted).toContain(says);
  });

  it('tells a clip that cannot be read and goes on with the others', async () => {
    writeFileSync(at('broken.bvh'), 'HIERARCHY\nROOT');
    const { code, printed, noted } = await runGaitway([
      ...['explain', ...clips, at('broken.bvh'), '--encoder', at('linear'), '--json'],
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ ok: false, clips: 4, failed: [{ clip: at('broken.bvh') }] });
    expect(noted).toContain('broken.bvh');
    expect(existsSync(at('page.html'))).toBe(true);
  });
});
