import {
  copyFileSync,
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
import { writeBvh } from '../../src/formats/index.js';
import { readNpy, writeNpy } from '../../src/motion/index.js';
import { type EncodeRequest, encodeStage } from '../../src/pipeline/encode-stage.js';
import { type TrainRequest, trainStage } from '../../src/pipeline/train-stage.js';
import { type WalkOptions, walkingClip } from '../preview/walking-clip.js';

let folder = '';
let clips: string[] = [];

function writeWalk(name: string, options: WalkOptions = {}): string {
  const path = join(folder, 'clips', `${name}.bvh`);
  mkdirSync(join(folder, 'clips'), { recursive: true });
  writeFileSync(path, writeBvh(walkingClip({ name, ...options })).bytes);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-encode-'));
  clips = [1, 1.5, 2, 2.5].map((radius, n) => writeWalk(`walk-${n}`, { radius }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function training(out: string, more: Partial<TrainRequest> = {}): TrainRequest {
  return {
    clips,
    encoder: 'linear',
    out: join(folder, out),
    dim: 8,
    rateHz: 30,
    seed: 1,
    epochs: 1,
    noiseShare: 0,
    survival: 1,
    predictedShare: 0,
    engine: 'wasm',
    force: false,
    version: '0.0.0',
    ...more,
  };
}

function encoding(out: string, more: Partial<EncodeRequest> = {}): EncodeRequest {
  return {
    clips,
    encoder: join(folder, 'linear'),
    queries: false,
    predicted: false,
    out: join(folder, out),
    force: false,
    ...more,
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing thrown',
    (error: { code?: string }) => error.code ?? String(error),
  );

const latentsOf = (out: string, clip: string) => readNpy(readFileSync(join(folder, out, `${clip}.npy`)));

describe('trainStage', () => {
  it('writes an encoder and how it came about, and nothing else', async () => {
    const report = await trainStage(training('linear'));
    expect(report).toMatchObject({ encoder: 'linear', clips: 4, frames: 480, dim: 8 });
    expect(readdirSync(join(folder, 'linear')).sort()).toEqual(['encoder.gwenc', 'train.json']);
    const record = JSON.parse(readFileSync(join(folder, 'linear', 'train.json'), 'utf8'));
    expect(record.settings).toEqual({ dim: 8, seed: 1, noiseShare: 0 });
    expect(record.data[2]).toMatchObject({ name: 'walk-2', frames: 120 });
    expect(record.data[2].sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('replaces nothing without force, and with it gives equal bytes', async () => {
    const file = join(folder, 'linear', 'encoder.gwenc');
    const before = readFileSync(file);
    expect(await codeOf(trainStage(training('linear')))).toBe('file/exists');
    await trainStage(training('linear', { force: true }));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a folder with other things in it, even with force', async () => {
    mkdirSync(join(folder, 'thesis'));
    writeFileSync(join(folder, 'thesis', 'thesis.doc'), 'years');
    expect(await codeOf(trainStage(training('thesis', { force: true })))).toBe('train/foreign-folder');
    expect(readdirSync(join(folder, 'thesis'))).toEqual(['thesis.doc']);
  });

  it('names the clip that cannot be read, and writes nothing', async () => {
    const bad = join(folder, 'bad.bvh');
    writeFileSync(bad, 'HIERARCHY\nROOT Hips\n{\n');
    await expect(trainStage(training('none', { clips: [...clips, bad] }))).rejects.toThrow(/bad\.bvh/);
    expect(await codeOf(trainStage(training('none', { clips: [join(folder, 'missing.bvh')] })))).toBe(
      'file/missing',
    );
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('trains a network, and removes its checkpoint when it is done', async () => {
    const notes: string[] = [];
    const report = await trainStage(
      training('mlp', { encoder: 'mlp', noiseShare: 0.1, onNote: (text) => notes.push(text) }),
    );
    expect(report.curve).toHaveLength(1);
    expect(report.heldOutClips).toHaveLength(1);
    expect(notes[0]).toBe('trains on wasm as asked');
    expect(notes[1]).toMatch(
      /^learns [\d,]+ numbers from 468 moments .* in 1 epoch after 4 of pre-training, about \d+ s at most, with \d+ MB/,
    );
    expect(readdirSync(join(folder, 'mlp')).sort()).toEqual(['encoder.gwenc', 'train.json']);
  });

  it('keeps a checkpoint when it is stopped, says how to go on, and goes on to the same bytes', async () => {
    const long = { encoder: 'mlp', epochs: 3, noiseShare: 0.1 } as const;
    const abort = new AbortController();
    const stopped = training('stopped', {
      ...long,
      signal: abort.signal,
      onProgress: (_done, _total, what) => what.startsWith('epoch 2') && abort.abort(),
    });
    await expect(trainStage(stopped)).rejects.toThrow(/stopped in epoch 3.*same command again/);
    expect(readdirSync(join(folder, 'stopped'))).toEqual(['checkpoint.gwtrain']);
    const notes: string[] = [];
    await trainStage(training('stopped', { ...long, onNote: (text) => notes.push(text) }));
    expect(notes[1]).toContain('goes on after epoch 2');
    expect(notes[2]).toContain('in 1 epoch,');
    await trainStage(training('whole', long));
    expect(readFileSync(join(folder, 'stopped', 'encoder.gwenc'))).toEqual(
      readFileSync(join(folder, 'whole', 'encoder.gwenc')),
    );
  });

  it('learns from the train split of a manifest alone', async () => {
    const path = join(folder, 'clips', 'manifest.json');
    const files = clips.map((_, n) => ({ name: `walk-${n}.bvh`, split: n === 0 ? 'test' : 'train' }));
    writeFileSync(path, JSON.stringify({ files }));
    const { clips: _clips, ...rest } = training('by-manifest', { manifest: path });
    await trainStage(rest);
    const record = JSON.parse(readFileSync(join(folder, 'by-manifest', 'train.json'), 'utf8'));
    expect(record.data.map(({ name }: { name: string }) => name)).toEqual([
      'walk-1.bvh',
      'walk-2.bvh',
      'walk-3.bvh',
    ]);
    rmSync(path);
  });
});

describe('encodeStage', () => {
  it('writes latents and which may be used', async () => {
    const report = await encodeStage(encoding('latents'));
    expect(report.failed).toEqual([]);
    expect(report.encoded[0]).toMatchObject({ frames: 120, valid: 78 });
    expect(latentsOf('latents', 'walk-3').shape).toEqual([120, 8]);
    const valid = latentsOf('latents', 'walk-3.valid');
    expect(valid.data).toEqual(Uint8Array.from({ length: 120 }, (_, f) => (f >= 12 && f < 90 ? 1 : 0)));
  });

  it('takes folders, and tells a network apart by its two sides', async () => {
    const mlp = { encoder: join(folder, 'mlp'), clips: [join(folder, 'clips')] };
    await encodeStage(encoding('mlp-database', mlp));
    await encodeStage(encoding('mlp-queries', { ...mlp, queries: true }));
    expect(readdirSync(join(folder, 'mlp-queries'))).toHaveLength(8);
    expect(latentsOf('mlp-queries', 'walk-0').data).not.toEqual(latentsOf('mlp-database', 'walk-0').data);
  });

  it('bends paths by draws; draws of zero change nothing', async () => {
    mkdirSync(join(folder, 'draws'));
    const data = new Float32Array(360);
    data.set([1, -1, 2], 3 * 50);
    writeFileSync(join(folder, 'draws', 'walk-0.npy'), writeNpy({ shape: [120, 3], data }));
    await encodeStage(encoding('bent', { clips: [clips[0]], noise: join(folder, 'draws') }));
    const [bent, plain] = [latentsOf('bent', 'walk-0').data, latentsOf('latents', 'walk-0').data];
    for (let f = 0; f < 120; f++) {
      const row = [bent.subarray(8 * f, 8 * f + 8), plain.subarray(8 * f, 8 * f + 8)];
      if (f === 50) expect(row[0]).not.toEqual(row[1]);
      else expect(row[0]).toEqual(row[1]);
    }
  });

  it('reports draws that are missing or of another length', async () => {
    writeFileSync(
      join(folder, 'draws', 'walk-1.npy'),
      writeNpy({ shape: [2, 3], data: new Float32Array(6) }),
    );
    const { failed } = await encodeStage(
      encoding('bent-badly', { clips: clips.slice(1, 3), noise: join(folder, 'draws') }),
    );
    expect(failed.map(({ code }) => code)).toEqual(['encode/bad-noise', 'encode/no-noise']);
  });

  it('reports clips of other bodies and broken ones, and goes on', async () => {
    const tall = writeWalk('tall', { size: 1.4 });
    const broken = join(folder, 'broken.bvh');
    writeFileSync(broken, 'not a clip');
    const report = await encodeStage(encoding('mixed', { clips: [tall, broken, clips[0]] }));
    expect(report.encoded.map(({ frames }) => frames)).toEqual([120]);
    expect(report.failed.map(({ code }) => code)).toEqual([
      'encoder/other-body',
      expect.stringMatching(/^(format|file|bvh)/),
    ]);
    expect(report.failed[0].message).toContain('tall.bvh has legs of');
    rmSync(tall);
  });

  it('refuses names that fall together, an encoder that is not there, and latents that are', async () => {
    const namesake = join(folder, 'elsewhere', 'walk-0.bvh');
    mkdirSync(join(folder, 'elsewhere'));
    copyFileSync(clips[0], namesake);
    expect(await codeOf(encodeStage(encoding('twice', { clips: [clips[0], namesake] })))).toBe(
      'clips/same-name',
    );
    expect(await codeOf(encodeStage(encoding('x', { encoder: folder })))).toBe('encoder/missing');
    expect(await codeOf(encodeStage(encoding('x', { clips: [join(folder, 'linear')] })))).toBe('clips/none');
    const again = await encodeStage(encoding('latents', { clips: [clips[0]] }));
    expect(again.failed.map(({ code }) => code)).toEqual(['file/exists']);
  });
});
