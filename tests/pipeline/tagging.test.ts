import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryFiles, SCRIPTS } from '../../samples/generator/index.js';
import { writeBvh } from '../../src/formats/index.js';
import { buildStage } from '../../src/pipeline/build-stage.js';
import { openDatabase } from '../../src/pipeline/database-file.js';
import { openClip } from '../../src/pipeline/open-clip.js';
import { type TagReport, type TagRequest, tagStage } from '../../src/pipeline/tag-stage.js';
import { type TrainTaggerRequest, trainTaggerStage } from '../../src/pipeline/train-tagger-stage.js';
import { walkingClip } from '../preview/walking-clip.js';

const PLAYED = ['idle_neutral', 'walk_start', 'turn_left_90', 'walk_turn_right', 'walk_brisk'];

let folder = '';
let manifest = '';
const at = (...names: string[]): string => join(folder, ...names);

const training = (more: Partial<TrainTaggerRequest> = {}): TrainTaggerRequest => ({
  manifest,
  rateHz: 30,
  out: at('tagger'),
  folders: false,
  family: 'mlp',
  seed: 1,
  steps: 6,
  engine: 'wasm',
  force: true,
  version: '0.0.0',
  ...more,
});
const tagging = (more: Partial<TagRequest> = {}): Promise<TagReport> =>
  tagStage({ tagger: at('tagger'), format: 'gwclip', force: true, ...more });

const errorOf = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    (error: { code?: string; message?: string }) => error,
  );

/** Another manifest beside the clips, with some of its entries changed. */
function manifestWith(name: string, change: (file: Record<string, unknown>) => object): string {
  const json = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(at('clips', name), JSON.stringify({ ...json, files: json.files.map(change) }));
  return at('clips', name);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-tagging-'));
  mkdirSync(at('clips'));
  const scripts = SCRIPTS.filter(({ name }) => PLAYED.includes(name));
  for await (const { name, bytes } of libraryFiles(1, scripts)) writeFileSync(at('clips', name), bytes);
  manifest = at('clips', 'manifest.json');
  await trainTaggerStage(training());
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('trainTaggerStage', () => {
  it('learns what the manifest marks, and writes a tagger and how it came about', async () => {
    expect(readdirSync(at('tagger')).sort()).toEqual(['tagger.gwtag', 'tagger.json']);
    const record = JSON.parse(readFileSync(at('tagger', 'tagger.json'), 'utf8'));
    expect(record.groups.map(({ name, tags }: { name: string; tags: string[] }) => [name, tags])).toEqual([
      ['contact-left', ['contact-left']],
      ['contact-right', ['contact-right']],
      ['gait', ['idle', 'walk']],
      ['turn', ['turn-left', 'turn-right']],
    ]);
    expect(record).toMatchObject({ contacts: 'labels', settings: { seed: 1, steps: 6 } });
    expect(record.data).toHaveLength(8);
  });

  it('learns labels of whole clips joined as a file says, and contacts by height and speed', async () => {
    const bare = manifestWith('bare.json', ({ contacts: _, spans: __, ...file }) => file);
    writeFileSync(
      at('groups.json'),
      JSON.stringify({
        move: { still: ['idle'], moving: ['walk', 'walk-start'], none: ['turn-left', 'walk-turn-right'] },
      }),
    );
    const report = await trainTaggerStage(
      training({ manifest: bare, groups: at('groups.json'), out: at('joined'), steps: 2 }),
    );
    expect(report.contacts).toBe('geometry');
    expect(report.groups.at(-1)).toEqual({ name: 'move', tags: ['still', 'moving'] });
  });

  it('keeps a checkpoint when it is stopped, says how to go on, and goes on from there', async () => {
    const long = { family: 'lenet', steps: 112, engine: 'auto' } as const;
    const abort = new AbortController();
    const stopped = training({
      ...long,
      out: at('stopped'),
      signal: abort.signal,
      onProgress: (_done, _total, what) => what.startsWith('epoch 2') && abort.abort(),
    });
    const first = await errorOf(trainTaggerStage(stopped));
    expect(first.message).toMatch(/stopped in epoch 2.*same command again/);
    expect(readdirSync(at('stopped'))).toEqual(['checkpoint.gwtrain']);
    const notes: string[] = [];
    await trainTaggerStage(training({ ...long, out: at('stopped'), onNote: (text) => notes.push(text) }));
    expect(notes.join()).toContain('goes on after epoch 1');
    expect(readdirSync(at('stopped')).sort()).toEqual(['tagger.gwtag', 'tagger.json']);
  }, 300_000);

  it('says what is wrong with labels, and writes nothing', async () => {
    const refused = (more: Partial<TrainTaggerRequest>) =>
      errorOf(trainTaggerStage(training({ out: at('refused'), ...more })));
    const longer = manifestWith('longer.json', (file) => ({ ...file, frames: (file.frames as number) + 30 }));
    const wrong = await refused({ manifest: longer });
    expect(wrong).toMatchObject({ code: 'tagger/label-length' });
    expect(wrong.message).toMatch(/are for \d+ frames at 30 frames a second, but the clip has \d+/);
    const further = manifestWith('further.json', ({ frames: _, ...file }) => ({
      ...file,
      contacts: { FootContact_L: [[0, 5000]] },
    }));
    expect(await refused({ manifest: further })).toMatchObject({ code: 'tagger/label-length' });
    const bare = manifestWith('bare.json', ({ contacts: _, spans: __, ...file }) => file);
    writeFileSync(at('few.json'), JSON.stringify({ gait: { walk: ['walk'], idle: ['idle'] } }));
    expect(await refused({ manifest: bare, groups: at('few.json') })).toMatchObject({
      code: 'tagger/unknown-label',
    });
    writeFileSync(at('bad.json'), '{"gait": ["walk"]}');
    expect(await refused({ groups: at('bad.json') })).toMatchObject({ code: 'tagger/bad-groups' });
    const timeless = manifestWith('timeless.json', ({ fps: _, ...file }) => file);
    expect(await refused({ manifest: timeless })).toMatchObject({ code: 'manifest/invalid' });
    expect(await refused({ out: at('tagger'), force: false })).toMatchObject({ code: 'file/exists' });
    expect(await refused({ out: at('clips') })).toMatchObject({ code: 'train/foreign-folder' });
    expect(existsSync(at('refused'))).toBe(false);
  });
});

describe('tagStage', () => {
  it('writes copies whose events and curves say what was found, and a database has it as tags', async () => {
    const clip = at('clips', 'tall_walk_start.bvh');
    const { tagged } = await tagging({ clips: [clip], out: at('tagged') });
    const [{ spans, file, frames, rateHz }] = tagged;
    const copy = await openClip(file as string);
    expect(copy.frameCount).toBe(frames);
    expect(copy.curves.map(({ name }) => name)).toEqual(['FootContact_L', 'FootContact_R']);
    expect(copy.events).toHaveLength(spans.length);
    const feet = spans.filter(({ tag }) => tag === 'contact-left');
    const stands = (f: number): number => (feet.some(({ first, last }) => f >= first && f <= last) ? 1 : 0);
    expect([...copy.curves[0].values]).toEqual(Array.from({ length: frames }, (_, f) => stands(f)));

    await buildStage({ clips: [at('tagged')], out: at('tagged.gwdb'), schema: 'holden', force: true });
    const database = await openDatabase(at('tagged.gwdb'));
    expect(database.rateHz).toBe(rateHz);
    for (const { tag, first, last } of spans) {
      const bit = database.tags.indexOf(tag);
      for (const f of [first, last]) expect((database.tagMask[f] >>> bit) & 1).toBe(1);
    }
    for (let f = 0; f < frames; f++) expect(database.contacts[2 * f]).toBe(stands(f));
  });

  it('scores the tags of a manifest’s test split by its labels', async () => {
    const { tagged, scores } = await tagging({ manifest });
    expect(tagged.map(({ clip }) => clip).sort()).toEqual([
      at('clips', 'short_walk_brisk.glb'),
      at('clips', 'tall_walk_brisk.glb'),
    ]);
    expect(scores?.map(({ group, clips }) => [group, clips])).toEqual([
      ['contact-left', 2],
      ['contact-right', 2],
      ['gait', 2],
      ['turn', 2],
    ]);
  });

  it('reports a clip that lacks body parts and goes on', async () => {
    const clip = at('clips', 'tall_walk_start.bvh');
    writeFileSync(at('stick.bvh'), writeBvh(walkingClip({ name: 'stick' })).bytes);
    const report = await tagging({ clips: [at('stick.bvh'), clip] });
    expect(report.tagged).toHaveLength(1);
    expect(report.failed).toMatchObject([{ code: 'tagger/other-skeleton' }]);
  });

  it('refuses a folder without a tagger', async () => {
    expect(await errorOf(tagging({ tagger: at('clips'), clips: [manifest] }))).toMatchObject({
      code: 'tagger/missing',
    });
  });
});
