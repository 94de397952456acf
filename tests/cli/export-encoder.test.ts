import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEncoder } from '../../src/motion/encoder/encoder-file.js';
import { trainLinear } from '../../src/motion/encoder/train-linear.js';
import { madeWalks } from '../motion/encoder/made-clips.js';
import { runGaitway } from './run-gaitway.js';

describe('convert, of an encoder', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const convert = (...words: string[]) => runGaitway(['convert', ...words]);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-onnx-'));
    const encoder = trainLinear(madeWalks(6), { dim: 4, seed: 1, noiseShare: 0 });
    writeFileSync(at('encoder.gwenc'), writeEncoder({ encoder, boneMaps: [], record: {} }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the query side of a folder’s or file’s encoder, and names the inputs', async () => {
    const made = await convert(folder, at('a.onnx'));
    expect(made).toMatchObject({ code: 0 });
    expect(made.printed).toMatch(
      /a\.onnx: query side, "input" float32 \[1, 60\] to "latent" float32 \[1, 4\]/,
    );
    const json = JSON.parse(
      (await convert(at('encoder.gwenc'), at('b.onnx'), '--side', 'query', '--json')).printed,
    );
    expect(json).toMatchObject({ ok: true, side: 'query', dim: 4 });
    expect(json.columns).toHaveLength(60);
    expect(readFileSync(at('b.onnx')).equals(readFileSync(at('a.onnx')))).toBe(true);
  });

  it('says what is wrong', async () => {
    expect((await convert(at('encoder.gwenc'), at('a.npz'))).noted).toMatch(
      /an encoder is written as \.onnx/,
    );
    expect((await convert(at('none'), at('c.onnx'))).noted).toMatch(/holds no encoder\.gwenc/);
    expect((await convert(at('none.gwenc'), at('c.onnx'))).noted).toMatch(/there is no such file/);
    await convert(folder, at('d.onnx'));
    expect((await convert(folder, at('d.onnx'))).noted).toMatch(/is there already/);
    expect((await convert(folder, at('c.onnx'), '--rate', '30')).code).toBe(2);
    expect((await convert(folder, at('c.onnx'), '--side', 'left')).code).toBe(2);
    expect(await convert('a.bvh', 'b.glb', '--side', 'query')).toMatchObject({ code: 2 });
  });
});
