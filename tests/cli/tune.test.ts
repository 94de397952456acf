import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBvh } from '../../src/formats/index.js';
import { parseFeatureSchema } from '../../src/motion/index.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { walkingClip } from '../preview/walking-clip.js';
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

  describe('--encoder', () => {
    const train = async (clips: string[], out: string): Promise<void> => {
      const run = await runGaitway(['train', ...clips, '--encoder', 'linear', '--dim', '8', '--out', out]);
      expect(run.code, run.noted).toBe(0);
    };
    beforeAll(async () => {
      await train(
        [0, 1, 2, 3].map((k) => at(`clip${k}.bvh`)),
        at('linear'),
      );
      [1, 1.5, 2].forEach((radius, k) => {
        writeFileSync(at(`armed${k}.bvh`), writeBvh(walkingClip({ name: `armed${k}`, radius })).bytes);
      });
      await train(
        [0, 1, 2].map((k) => at(`armed${k}.bvh`)),
        at('armed'),
      );
      for (const k of [0, 1, 2]) {
        writeFileSync(at(`giant${k}.bvh`), madeBvh({ turnDeg: 20 * k, frames: 110, shin: 90 }));
      }
    });

    it('follows the encoder, and is scored beside it and beside weights fitted to the truth', async () => {
      const argv = ['tune', '--manifest', at('manifest.json'), '--schema', 'ue54', '--encoder', at('linear')];
      const run = await runGaitway([...argv, '--out', at('distilled.json'), '--json']);
      expect(run.code, run.noted).toBe(0);
      const { score, rounds, ...report } = JSON.parse(run.printed);
      expect(report).toMatchObject({ schema: 'ue54', encoder: { kind: 'linear', dim: 8 }, fittedClips: 4 });
      expect(score.methods.map(({ method }: { method: string }) => method)).toEqual(
        expect.arrayContaining([
          'ue54 as given',
          'ue54 tuned',
          'ue54 distilled',
          'ue54 distilled, bent paths',
          'the encoder',
          'the encoder, bent paths',
        ]),
      );
      const costs = rounds.map(({ cost }: { cost: number }) => cost);
      expect(Math.min(...costs)).toBeLessThan(costs[0]);
      const schema = parseFeatureSchema(JSON.parse(readFileSync(at('distilled.json'), 'utf8')));
      expect(schema).toMatchObject({ name: 'ue54 distilled', weighting: 'costs' });
      const again = await runGaitway([...argv, '--out', at('again.json')]);
      expect(again.printed).toMatch(/fitted to what the linear encoder finds in 4 clips/);
      expect(readFileSync(at('again.json'))).toEqual(readFileSync(at('distilled.json')));
    });

    it('follows an encoder for a schema that takes joints by name, of which the encoder knows nothing', async () => {
      const schema = {
        name: 'own',
        channels: [
          { type: 'position', joint: 'Head' },
          { type: 'trajectory', samples: [{ time: 0.5, position: true }] },
        ],
      };
      writeFileSync(at('own-schema.json'), JSON.stringify(schema));
      const argv = ['tune', '--manifest', at('manifest.json'), '--schema', at('own-schema.json')];
      const run = await runGaitway([...argv, '--encoder', at('linear'), '--out', at('other.json')]);
      expect(run.code, run.noted).toBe(0);
    });

    it.each([
      ['a folder without one', 'clip', 'nowhere', [], 'encoder/missing'],
      ['one of another rate', 'clip', 'linear', ['--rate', '60'], 'encoder/other-rate'],
      ['one of another skeleton', 'clip', 'armed', [], 'encoder/other-skeleton'],
      ['one of another body', 'giant', 'linear', [], 'encoder/other-body'],
    ])('writes nothing and says why of %s', async (_, clips, encoder, more, code) => {
      const files = [0, 1, 2].map((k) => at(`${clips}${k}.bvh`));
      const argv = ['tune', ...files, '--encoder', at(encoder), ...more, '--out', at('none.json'), '--json'];
      const run = await runGaitway(argv);
      expect(JSON.parse(run.printed)).toMatchObject({ ok: false, error: { code } });
      expect(existsSync(at('none.json'))).toBe(false);
    });
  });
});
