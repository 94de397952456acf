import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFeatureSchema } from '../../src/motion/index.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { runGaitway } from './run-gaitway.js';

describe('tune', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-tune-'));
    const files = [0, 30, 60, -30, -60].map((turnDeg, k) => {
      writeFileSync(at(`clip${k}.bvh`), madeBvh({ turnDeg, frames: k < 3 ? 120 : 110 }));
      return { name: `clip${k}.bvh`, split: k < 4 ? 'train' : 'test', label: 'walk' };
    });
    writeFileSync(at('manifest.json'), JSON.stringify({ files }));
    writeFileSync(at('lonely.json'), JSON.stringify({ files: files.slice(0, 3) }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['nothing', []],
    ['clips and a manifest', ['a.bvh', '--manifest', 'm.json']],
    ['a family of no manifest', ['a.bvh', '--family', 'elves']],
    ['too much noise', ['a.bvh', '--query-noise', '2']],
  ])('calls it wrong usage to tune to %s', async (_, argv) => {
    expect((await runGaitway(['tune', ...argv, '--out', at('x.json')])).code).toBe(2);
  });

  it.each([
    ['a manifest without test clips', ['--manifest', 'lonely.json'], 'evaluate/no-split'],
    ['a clip that cannot be read', ['clip0.bvh', 'gone.bvh', 'clip1.bvh'], 'tune/unreadable-clip'],
    ['too few clips', ['clip0.bvh', 'clip1.bvh'], 'tune/too-few-clips'],
    ['a schema that is none', ['clip0.bvh', '--schema', 'gone'], 'motion/no-such-schema'],
  ])('ends with 1 on %s', async (_, argv, code) => {
    const run = await runGaitway(['tune', ...argv, '--out', 'x.json', '--json'], { cwd: folder });
    expect(JSON.parse(run.printed)).toMatchObject({ ok: false, error: { code } });
    expect(run.code).toBe(1);
  });

  it('writes a schema that build takes, and scores it on clips that were kept back', async () => {
    const run = await runGaitway([
      'tune',
      '--manifest',
      at('manifest.json'),
      '--schema',
      'ue54',
      '--out',
      at('tuned.json'),
      '--json',
    ]);
    expect(run.noted).not.toMatch(/error/);
    expect(run.code).toBe(0);
    const { score, groups, ...report } = JSON.parse(run.printed);
    expect(report).toMatchObject({ ok: true, schema: 'ue54', fittedClips: 4, heldOutClips: 1 });
    expect(groups).toHaveLength(10);
    expect(score.methods.map(({ method }: { method: string }) => method)).toEqual(
      expect.arrayContaining(['ue54 as given', 'ue54 tuned', 'linear encoder', 'ue54 tuned, bent paths']),
    );
    const schema = parseFeatureSchema(JSON.parse(readFileSync(at('tuned.json'), 'utf8')));
    expect(schema).toMatchObject({ name: 'ue54 tuned', weighting: 'costs' });
    const built = await runGaitway([
      'build',
      at('clip0.bvh'),
      at('clip1.bvh'),
      '--schema',
      at('tuned.json'),
      '--out',
      at('a.gwdb'),
      '--json',
    ]);
    expect(JSON.parse(built.printed)).toMatchObject({ ok: true, schema: 'ue54 tuned', dimension: 28 });
  });

  it('keeps some of the clips back where there is no manifest, and replaces nothing unasked', async () => {
    const clips = [0, 1, 2, 3, 4].map((k) => at(`clip${k}.bvh`));
    const run = await runGaitway(['tune', ...clips, '--no-split', '--out', at('own.json')]);
    expect(run.printed).toMatch(
      /fitted to \d clips[\s\S]*position, velocity, facing\s+× [\s\S]*on \d clips that were kept back/,
    );
    expect((await runGaitway(['tune', ...clips, '--out', at('own.json')])).noted).toMatch(/file\/exists/);
    const few = await runGaitway(['tune', ...clips.slice(0, 3), '--out', at('few.json')]);
    expect(few.noted).toMatch(/no linear encoder is scored/);
    expect(few.code).toBe(0);
  });
});
