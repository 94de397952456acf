import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeBvh } from '../pipeline/made-bvh.js';
import { runGaitway } from './run-gaitway.js';

const run = (...words: string[]) => runGaitway(words);

describe('simulate', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-play-'));
    writeFileSync(at('walk.bvh'), madeBvh());
    writeFileSync(at('left.bvh'), madeBvh({ turnDeg: 60 }));
    const built = await run('build', at('walk.bvh'), at('left.bvh'), '--mirror', '--out', at('a & b.gwdb'));
    expect(built.code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['play for no time', ['--seconds', '0'], '--seconds'],
    ['hop', ['--gait', 'hop'], '--gait'],
    ['have another controller', ['--controller', 'best'], '--controller'],
    ['sweep words', ['--sweep', '1,two'], '--sweep'],
    ['have half a seed', ['--seed', '1.5'], '--seed'],
    ['have an empty seed', ['--seed', '1,,2'], '--seed'],
    ['search backwards', ['--search-rate', '-1'], '--search-rate'],
  ])('calls it wrong usage to %s', async (_, flags, named) => {
    const { code, noted } = await run('simulate', at('a & b.gwdb'), ...flags);
    expect(code).toBe(2);
    expect(noted).toContain(named);
  });

  it('ends with 1 and one JSON document where the path is none', async () => {
    const { code, printed } = await run('simulate', at('a & b.gwdb'), '--path', 'moonwalk', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ ok: false, error: { code: 'simulate/no-path' } });
  });

  it('prints scores as a table, and how long searches took beside it', async () => {
    const { code, printed, noted } = await run(
      'simulate',
      at('a & b.gwdb'),
      '--seconds',
      '5',
      '--seed',
      '1,2',
    );
    expect(code).toBe(0);
    expect(printed).toMatch(/random: 2 runs of 5 s at 60 Hz \(database 30 Hz\), controller tuned/);
    expect(printed).toMatch(/trajectory error, cm +\d/);
    expect(printed).not.toMatch(/µs|NaN/);
    expect(noted).toMatch(/\d+ searches of [\d.]+ µs each/);
    expect(noted).toMatch(/never let go/);
  });

  it('prints the same JSON twice, with what flags change', async () => {
    const flags = [
      '--path',
      'zigzag',
      '--seconds',
      '4',
      '--json',
      '--walk-speed',
      '1.4',
      '--search-rate',
      '5',
    ];
    const [a, b] = [
      await run('simulate', at('a & b.gwdb'), ...flags),
      await run('simulate', at('a & b.gwdb'), ...flags),
    ];
    expect(b.printed).toBe(a.printed);
    const report = JSON.parse(a.printed);
    expect(report).toMatchObject({
      ok: true,
      path: 'zigzag',
      speeds: { walk: 1.4 },
      runs: [{ transitionCost: 0 }],
    });
    const free = JSON.parse(
      (await run('simulate', at('a & b.gwdb'), ...flags, '--no-lock', '--no-adjust')).printed,
    );
    expect(free.runs[0].scores.slide.locked).toEqual(free.runs[0].scores.slide.free);
    expect(free.runs[0].scores.trajectory.meanCm).toBeGreaterThan(report.runs[0].scores.trajectory.meanCm);
  });

  it('sweeps the transition cost, draws a page, writes the clip, and replaces nothing unasked', async () => {
    const flags = [
      '--seconds',
      '4',
      '--sweep',
      '0,1,4',
      '--html',
      at('play.html'),
      '--out',
      at('played.glb'),
    ];
    const swept = await run('simulate', at('a & b.gwdb'), ...flags, '--chosen', at('chosen.npy'));
    expect(swept.code).toBe(0);
    expect(swept.printed).toMatch(/transition cost +0 +1 +4/);
    expect(swept.printed).toMatch(/on the front of error and slide.*yes/);
    expect(swept.printed).toMatch(/played\.glb: 240 frames/);
    const html = readFileSync(at('play.html'), 'utf8');
    expect(html).toContain('<title>Play of a &amp; b.gwdb</title>');
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)|NaN|undefined/);
    expect(existsSync(at('chosen.npy'))).toBe(true);
    expect((await run('simulate', at('a & b.gwdb'), ...flags)).code).toBe(1);
    expect((await run('inspect', at('played.glb'))).code).toBe(0);
  });
});
