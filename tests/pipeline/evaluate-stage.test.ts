import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateManifest } from '../../src/pipeline/index.js';
import { madeBvh } from './made-bvh.js';

describe('evaluateManifest', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-evaluate-'));
    writeFileSync(join(folder, 'walk.bvh'), madeBvh());
    writeFileSync(join(folder, 'left.bvh'), madeBvh({ turnDeg: 60 }));
    writeFileSync(join(folder, 'ask.bvh'), madeBvh({ turnDeg: 50 }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const manifest = (files: readonly object[]): string => {
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify({ files }));
    return path;
  };
  const train = [
    { name: 'walk.bvh', split: 'train', label: 'walk' },
    { name: 'left.bvh', split: 'train', label: { content: 'turn' } },
  ];
  const ask = { name: 'ask.bvh', split: 'test', label: { content: 'turn', style: 'calm' } };

  it('refuses a manifest without one of the splits', async () => {
    await expect(evaluateManifest({ manifest: manifest(train), rateHz: 30 })).rejects.toThrow(
      /no test clips/,
    );
    await expect(evaluateManifest({ manifest: manifest([ask]), rateHz: 30 })).rejects.toMatchObject({
      code: 'evaluate/no-split',
    });
    await expect(
      evaluateManifest({ manifest: manifest([...train, ask]), rateHz: 30, family: 'elves' }),
    ).rejects.toThrow(/of the family "elves"/);
  });

  it('refuses to score without a clip that cannot be read', async () => {
    const path = manifest([...train, ask, { name: 'gone.bvh', split: 'train' }]);
    await expect(evaluateManifest({ manifest: path, rateHz: 30 })).rejects.toMatchObject({
      code: 'evaluate/unreadable-clip',
      data: { clip: 'gone.bvh', code: 'file/missing' },
    });
  });

  it('says which latents are missing', async () => {
    const path = manifest([...train, ask]);
    await expect(evaluateManifest({ manifest: path, rateHz: 30, latents: folder })).rejects.toMatchObject({
      code: 'latents/missing',
    });
  });

  it('scores the test split against the train split, by label', async () => {
    const score = await evaluateManifest({ manifest: manifest([...train, ask]), rateHz: 30 });
    expect(score).toMatchObject({ databaseSamples: 2 * 48, querySamples: 48, rateHz: 30 });
    expect(score.methods.map(({ method }) => method)).toContain('UE 5.4 default');
    expect(Object.keys(score.methods[0].fpeByLabel)).toEqual(['turn']);
  });
});
