import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/motion/index.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { runGaitway } from './run-gaitway.js';

const run = (...words: string[]) => runGaitway(words);

describe('build, search and evaluate', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-motion-'));
    writeFileSync(at('walk.bvh'), madeBvh());
    writeFileSync(at('left.bvh'), madeBvh({ turnDeg: 60 }));
    writeFileSync(
      at('a & b.json'),
      JSON.stringify({
        files: [
          { name: 'walk.bvh', split: 'train', label: 'walk' },
          { name: 'left.bvh', split: 'test', label: 'turn' },
        ],
      }),
    );
    const built = await run('build', at('walk.bvh'), at('left.bvh'), '--out', at('motion.gwdb'), '--json');
    expect(built.code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['build without an output', ['build', 'x.bvh']],
    ['build from two kinds of latents', ['build', 'x', '--out', 'a', '--encoder', 'b', '--latents', 'c']],
    ['build with other ends', ['build', 'x.bvh', '--out', 'a', '--ends', 'clamp']],
    ['build on no threads', ['build', 'x.bvh', '--out', 'a', '--jobs', '0']],
    ['build at no rate', ['build', 'x.bvh', '--out', 'a', '--rate', '0']],
    ['build features with few digits', ['build', 'x', '--out', 'a', '--precision', 'int8']],
    [
      'build latents with no such digits',
      ['build', 'x', '--out', 'a', '--latents', 'b', '--precision', 'f8'],
    ],
    ['search without a clip', ['search', 'a.gwdb']],
    ['search in a mode that is none', ['search', 'a.gwdb', '--clip', 'x', '--mode', 'fast']],
    ['search for no answers', ['search', 'a.gwdb', '--clip', 'x', '--top', '0']],
    ['train a family that is none', ['train', 'x.bvh', '--encoder', 'gpt', '--out', 'a']],
    [
      'leave out blocks where there are none',
      ['train', 'x.bvh', '--encoder', 'vgg', '--stochastic-depth', '0.2', '--out', 'a'],
    ],
    [
      'train linear on predicted paths',
      ['train', 'x.bvh', '--encoder', 'linear', '--predicted-share', '0.1', '--out', 'a'],
    ],
    ['train linear with an objective', ['train', 'x.bvh', '--encoder', 'linear', '--whiten', '--out', 'a']],
    [
      'train with a decoder and nothing to decode',
      ['train', 'x.bvh', '--encoder', 'lenet', '--pretrain', 'none', '--decoder', 'resize', '--out', 'a'],
    ],
    [
      'train a flat network with a decoder in time',
      ['train', 'x.bvh', '--pretrain', 'vae', '--decoder', 'resize', '--out', 'a'],
    ],
    ['train for a use that is none', ['train', 'x.bvh', '--for', 'fun', '--out', 'a']],
    [
      'encode noisy and predicted paths at once',
      ['encode', 'x.bvh', '--encoder', 'e', '--noise', 'n', '--predicted', '--out', 'a'],
    ],
    ['evaluate nothing', ['evaluate']],
    ['evaluate latents of no clips', ['evaluate', 'a.gwdb', '--latents', 'b']],
    ['evaluate choices of no database', ['evaluate', '--manifest', 'm.json', '--chosen', 'c.npy']],
    ['build with choices and no budget', ['build', 'x.bvh', '--out', 'a', '--chosen', 'c.npy']],
    ['evaluate a pruned database of no clips', ['evaluate', 'a.gwdb', '--max-frames', '9']],
    ['evaluate query latents alone', ['evaluate', '--manifest', 'm.json', '--query-latents', 'b']],
  ])('calls it wrong usage to %s', async (_, argv) => {
    expect((await run(...argv)).code).toBe(2);
  });

  it('ends with 1 and one JSON document where a database is missing or a clip fails', async () => {
    const missing = await run('search', at('none.gwdb'), '--clip', 'walk', '--json');
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.printed)).toMatchObject({ ok: false, error: { code: 'database/unreadable' } });
    const partly = await run('build', at('walk.bvh'), at('none.bvh'), '--out', at('b.gwdb'), '--json');
    expect(partly.code).toBe(1);
    expect(JSON.parse(partly.printed)).toMatchObject({
      ok: false,
      clips: 1,
      failed: [{ code: 'file/missing' }],
    });
  });

  it('tells what was built, and reads only what has changed', async () => {
    const build = (...more: string[]) =>
      run('build', at('walk.bvh'), at('left.bvh'), '--out', at('c.gwdb'), '--force', '--jobs', '1', ...more);
    expect((await build('--mirror', '--no-cache')).printed).toMatch(
      /4 clips \(2 mirrored\), 360 frames .*\n324 frames can be answered with; 10\.0 % are dead\ntags: walk 100\.0 %, turn-left/,
    );
    await build();
    expect((await build()).printed).toMatch(/2 files unchanged since the last build/);
    const json = JSON.parse((await build('--json', '--ends', 'loop')).printed);
    expect(json).toMatchObject({ ok: true, looping: 2, deadShare: 0, tags: { walk: expect.any(Number) } });
  });

  it('exports a database by ending, and refuses what is not for databases', async () => {
    const made = await run('convert', at('motion.gwdb'), at('motion.npz'));
    expect(made.printed).toMatch(/motion\.npz: rows \[180, 27\], .*clip_loops \[2\], \d+ bytes/);
    expect((await run('convert', at('motion.gwdb'), at('motion.npz'))).noted).toMatch(/is there already/);
    const json = await run('convert', at('motion.gwdb'), at('motion.safetensors'), '--json');
    expect(JSON.parse(json.printed)).toMatchObject({ ok: true, arrays: expect.any(Array) });
    expect((await run('convert', at('motion.gwdb'), at('motion.fbx'))).noted).toMatch(
      /\.npz or \.safetensors/,
    );
    expect((await run('convert', at('motion.gwdb'), at('b.npz'), '--rate', '30')).code).toBe(2);
    writeFileSync(at('odd.gwdb'), 'GWDB');
    expect((await run('convert', at('odd.gwdb'), at('b.npz'))).noted).toMatch(/odd\.gwdb is damaged/);
  });

  it('explains an answer in text and in JSON', async () => {
    const text = await run('search', at('motion.gwdb'), '--clip', 'walk', '--time', '1', '--top', '2');
    expect(text.code).toBe(0);
    expect(text.printed).toMatch(/query: walk at 1\.000 s/);
    expect(text.printed).toMatch(/trajectory facing/);
    expect(text.printed).toMatch(/lost by/);
    expect(text.printed).toMatch(/Unreal's default search picks/);
    const json = await run('search', at('motion.gwdb'), '--clip', 'walk', '--time', '1', '--json');
    expect(JSON.parse(json.printed)).toMatchObject({
      ok: true,
      query: { frame: 30 },
      mode: 'vp-tree',
      matches: expect.any(Array),
      channels: expect.any(Array),
      runnerUp: { channels: expect.any(Array), betterIn: expect.any(Array) },
      unreal: { isBest: true },
    });
  });

  it('prunes a database to a budget and says what it loses, and scores it so on a manifest', async () => {
    const small = ['--max-frames', '100', '--out', at('small.gwdb'), '--no-cache', '--jobs', '1'];
    const built = await run('build', at('walk.bvh'), at('left.bvh'), ...small, '--json');
    const report = JSON.parse(built.printed);
    expect(report).toMatchObject({ ok: true, pruned: { framesBefore: 180, queries: expect.any(Number) } });
    expect(report.frames).toBeLessThanOrEqual(100);
    expect(report.frames).toBeGreaterThan(60);
    const told = await run('build', at('walk.bvh'), at('left.bvh'), ...small, '--force');
    expect(told.printed).toMatch(
      /pruned from 180 frames: the best answer to \d+ likely queries costs [\d.]+ → /,
    );
    const scored = await run('evaluate', '--manifest', at('a & b.json'), '--max-frames', '60');
    expect(scored.printed).toMatch(/hand-made, pruned to 60\s+27/);
    const favoured = new Uint32Array(180).fill(3, 0, 90);
    writeFileSync(at('chosen.npy'), writeNpy({ shape: [180], data: favoured }));
    writeFileSync(at('others.npy'), writeNpy({ shape: [7], data: favoured.subarray(0, 7) }));
    const clips = [at('walk.bvh'), at('left.bvh')];
    expect((await run('build', ...clips, ...small, '--force', '--chosen', at('chosen.npy'))).code).toBe(0);
    const others = await run('build', ...clips, ...small, '--force', '--chosen', at('others.npy'));
    expect(others.noted).toMatch(/curate\/bad-choices/);
    const judged = await run('evaluate', at('motion.gwdb'), '--chosen', at('chosen.npy'));
    expect(judged.printed).toMatch(/chosen in play\s+50\.\d % of the usable frames in 270 choices/);
    for (const [file, code] of [
      ['none.npy', 'choices/unreadable'],
      ['motion.gwdb', 'npy/damaged'],
    ]) {
      expect((await run('evaluate', at('motion.gwdb'), '--chosen', at(file))).noted).toContain(code);
    }
    const tooFew = await run(
      'build',
      at('walk.bvh'),
      '--max-frames',
      '5',
      '--out',
      at('x.gwdb'),
      '--jobs',
      '1',
    );
    expect(tooFew.noted).toMatch(/curate\/too-few-frames/);
  });

  it('searches among the frames with the tags that are asked for', async () => {
    const ask = (...more: string[]) =>
      run('search', at('motion.gwdb'), '--clip', 'walk', '--time', '1', '--json', ...more);
    const left = JSON.parse((await ask('--tag', 'walk', 'turn-left', '--mode', 'boxes')).printed);
    expect(left.matches.map(({ clipName }: { clipName: string }) => clipName)).toContain('left');
    expect(left.matches.map(({ clipName }: { clipName: string }) => clipName)).not.toContain('walk');
    const straight = JSON.parse((await ask('--not-tag', 'turn-left')).printed);
    expect(straight.matches[0].clipName).toBe('walk');
    const unknown = await ask('--tag', 'swim');
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.printed)).toMatchObject({ error: { code: 'search/unknown-tag' } });
  });

  it('describes a database and scores a manifest, as text, JSON and a page', async () => {
    const page = at('report.html');
    const both = await run('evaluate', at('motion.gwdb'), '--manifest', at('a & b.json'), '--html', page);
    expect(both.noted).not.toMatch(/error/);
    expect(both.code).toBe(0);
    expect(both.printed).toMatch(/2 clips, 180 frames/);
    expect(both.printed).toMatch(/hand-made \(unit weights\)\s+27/);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('</svg>');
    expect(html).not.toMatch(/https?:\/\/|<script| & /);
    expect((await run('evaluate', at('motion.gwdb'), '--html', page)).code).toBe(1);

    const json = await run('evaluate', at('motion.gwdb'), '--json');
    expect(JSON.parse(json.printed)).toMatchObject({
      ok: true,
      database: { clips: 2, validShare: expect.any(Number) },
    });
  });
});
