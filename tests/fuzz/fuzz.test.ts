import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

interface Finding {
  readonly format: string;
  readonly index: number;
  readonly error: string;
  readonly what: string;
  readonly file: string;
}

interface FuzzResult {
  readonly table: readonly {
    inputs: number;
    opened: number;
    faults: number;
    refused: Record<string, number>;
  }[];
  readonly findings: readonly Finding[];
}

interface Fuzzer {
  readonly fuzz: (options: Record<string, unknown>) => Promise<FuzzResult>;
}

interface Inputs {
  readonly makeInput: (format: string, seeds: unknown, seed: number, index: number) => { bytes: Buffer };
}

interface Seeds {
  readonly seedFiles: (format: string) => Promise<unknown[]>;
}

// The fuzzer is plain JavaScript on the built project, so that it runs by itself; npm test builds before.
const load = async (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href);
const { fuzz } = (await load('./fuzz.mjs')) as Fuzzer;
const { makeInput } = (await load('./make-input.mjs')) as Inputs;
const { seedFiles } = (await load('./seeds.mjs')) as Seeds;

const FORMATS = ['bvh', 'fbx', 'gltf', 'gwclip'];
const saveIn = mkdtempSync(join(tmpdir(), 'gaitway-fuzz-test-'));
afterAll(() => rmSync(saveIn, { recursive: true, force: true }));

describe('damaged files', () => {
  it.each(FORMATS)(
    '%s: 1000 of them are read, or refused by code, soon and in little memory',
    async (format) => {
      const { table, findings } = await fuzz({ formats: [format], count: 1000, seed: 1, saveIn });
      expect(findings.map(({ what, error }) => `${what}\n${error}`)).toEqual([]);
      expect(table[0].inputs).toBe(1000);
      // Damage that never lets a reader finish, or never stops one, would test nothing.
      expect(table[0].opened).toBeGreaterThan(50);
      expect(Object.values(table[0].refused).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(200);
    },
    180_000,
  );

  it.each(FORMATS)('%s: the same seed makes the same inputs, another one others', async (format) => {
    const seeds = await seedFiles(format);
    const digest = (seed: number): string => {
      const hash = createHash('sha256');
      for (let index = 0; index < 10; index++) hash.update(makeInput(format, seeds, seed, index).bytes);
      return hash.digest('hex');
    };
    expect(digest(5)).toBe(digest(5));
    expect(digest(5)).not.toBe(digest(6));
  });
});

describe('the fuzzer', () => {
  const planted = (name: string, count: number, hangMs: number): Promise<FuzzResult> =>
    fuzz({
      formats: ['bvh'],
      count,
      seed: 1,
      saveIn,
      limits: { cpuMs: 1000, mib: 60, hangMs },
      checkFile: new URL(`./faulty/${name}.mjs`, import.meta.url).href,
    });

  it('finds errors that are not ours, slowness, hunger and deaths, goes on, and saves what showed them', async () => {
    const { table, findings } = await planted('check', 6, 60_000);
    expect(table[0]).toMatchObject({ inputs: 6, opened: 0, faults: 4, refused: { 'clip/bad-shape': 2 } });
    expect(findings.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
    ['planted: not', 'ms of CPU time', 'grew by', 'exit code 3'].forEach((sign, i) => {
      expect(findings[i].error).toContain(sign);
    });
    const { file, index } = findings[0];
    expect(readFileSync(`${file}.txt`, 'utf8')).toContain('planted: not');
    expect(readFileSync(file).equals(makeInput('bvh', await seedFiles('bvh'), 1, index).bytes)).toBe(true);
  });

  it('ends what hangs, and goes on', async () => {
    const { table, findings } = await planted('hang', 3, 10_000);
    expect(table[0]).toMatchObject({ inputs: 3, opened: 2, faults: 1 });
    expect(findings[0]).toMatchObject({ index: 1, error: expect.stringContaining('hung:') });
  });
});
